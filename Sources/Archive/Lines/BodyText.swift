import Conversation
import Wire

/// Cuts the body of a request or response into lines where it is text. Of another body nothing is kept but its size.
public struct BodyText: Sendable {
    private let start: BodyStart
    private var cutter = LineCutter()
    /// nil until there is something to tell by.
    private var isText: Bool?
    private var count = 0

    /// - Parameter folds: text is not kept either.
    public init(_ start: BodyStart, folds: Bool = false) {
        self.start = start
        isText = folds ? false : Self.isText(start)
    }

    /// Its lines are not told.
    public var isFolded: Bool { isText == false }

    mutating func feed(_ bytes: Span<UInt8>, offset: UInt64, at time: Timestamp, _ tell: (SpokenLine) -> Void) {
        count += bytes.count
        if isText == nil { isText = Self.isText(bytes) }
        guard isText == true else { return }
        var index = 0
        while index < bytes.count {
            if let cut = cutter.next(bytes, from: &index, offset: offset, at: time) { tell(spoken(cut)) }
        }
    }

    /// What no line end has followed so far.
    mutating func rest() -> SpokenLine? {
        cutter.rest().map { spoken($0) }
    }

    /// The last line; of a body that is no text, what there is to say of it.
    mutating func finish() -> SpokenLine? {
        guard isFolded, count > 0 else { return rest() }
        var line = spoken(
            LineCutter.Line(bytes: [], length: count, end: .crlf, at: start.at, offset: start.offset))
        line.folded = ([start.mediaType, start.contentCoding].filter { !$0.isEmpty }).map { Picture.of($0) }
            .joined(separator: ", ")
        return line
    }

    private func spoken(_ cut: LineCutter.Line) -> SpokenLine {
        var line = SpokenLine(cut, of: start.direction, isHeader: false, decoded: nil)
        line.isBody = true
        return line
    }

    /// By what its header says of it; nil where that says nothing.
    private static func isText(_ start: BodyStart) -> Bool? {
        if start.isSwitched { return false }
        if !start.contentCoding.isEmpty, !ASCII.equal(start.contentCoding, "IDENTITY") { return false }
        let type = ASCII.uppercased(start.mediaType.prefix { $0 != UInt8(ascii: ";") && !$0.isBlank })
        if type.hasPrefix("TEXT/") || ["JSON", "XML", "JAVASCRIPT", "URLENCODED"].contains(where: type.hasSuffix) {
            return true
        }
        return ["IMAGE/", "AUDIO/", "VIDEO/", "FONT/"].contains(where: type.hasPrefix) ? false : nil
    }

    /// By its first bytes: text has no control characters but those that lay it out.
    private static func isText(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < Byte.space, !(0x09...0x0D).contains(byte), byte != Byte.escape { return false }
        }
        return true
    }
}
