import Conversation
import Wire

/// A request line or status line with its fields.
struct HARHead {
    /// A field, its value in one line where it was folded over several.
    struct Field {
        var name: [UInt8]
        var value: [UInt8]

        var json: JSON { .members(["name": .string(name.text), "value": .string(value.text)]) }
    }

    let line: [UInt8]
    let at: Timestamp
    let isInTLS: Bool
    /// Bytes of the header section, the empty line with it.
    private(set) var size: Int
    private(set) var fields: [Field] = []
    private var isOver = false
    var body: HARBody?
    /// When its last byte passed.
    var until: Timestamp

    init(_ utterance: Utterance, isInTLS: Bool) {
        line = utterance.bytes
        at = utterance.at
        size = utterance.length
        until = utterance.until
        self.isInTLS = isInTLS
    }

    /// Takes a line of the section; those of a trailer section are no part of it.
    mutating func take(_ utterance: Utterance) {
        until = max(until, utterance.until)
        guard !isOver else { return }
        size += utterance.length
        let line = utterance.bytes[...]
        guard !line.isEmpty else {
            isOver = true
            return
        }
        if line.first?.isBlank == true, !fields.isEmpty {
            fields[fields.count - 1].value += [Byte.space] + Self.trimmed(line)
            return
        }
        let colon = line.firstIndex(of: Byte.colon) ?? line.endIndex
        fields.append(
            Field(name: Self.trimmed(line[..<colon]), value: Self.trimmed(line[colon...].dropFirst())))
    }

    /// The first value of the field of this name, which must be in upper case.
    func value(_ name: StaticString) -> [UInt8]? {
        fields.first { ASCII.equal($0.name, name) }?.value
    }

    func values(_ name: StaticString) -> [[UInt8]] {
        fields.filter { ASCII.equal($0.name, name) }.map(\.value)
    }

    /// The version of HTTP that the line names.
    var version: String {
        let words = ASCII.words(line[...])
        return words.first { ASCII.equal($0.prefix(5), "HTTP/") }?.text ?? "HTTP/0.9"
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var bytes = bytes.drop(while: { $0.isBlank })
        while bytes.last?.isBlank == true { bytes.removeLast() }
        return Array(bytes)
    }
}
