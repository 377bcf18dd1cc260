import Conversation
import Inflate
import Wire

/// The body of a request or response: its first bytes, and how many there were.
struct HARBody {
    private let start: BodyStart
    private(set) var bytes: [UInt8] = []
    /// All bytes that passed, those that frame chunks not among them.
    private(set) var size = 0
    var isWhole = false

    init(_ start: BodyStart) {
        self.start = start
    }

    var mediaType: String { start.mediaType.text }

    /// - Parameter room: how many bytes of bodies may still be kept.
    mutating func take(_ piece: Span<UInt8>, room: inout Int) {
        size += piece.count
        let kept = min(piece.count, HARLimits.body - bytes.count, room)
        bytes.append(piece, 0..<kept)
        room -= kept
    }

    /// The content with its codings undone (RFC 9110 §8.4.1), as far as we can.
    var content: Content {
        var content = Content(bytes: bytes, remarks: [])
        if !isWhole { content.remarks.append("the body is cut") }
        if bytes.count < size { content.remarks.append("only the first \(bytes.count) bytes of the body are here") }
        let codings = start.contentCoding.split(separator: UInt8(ascii: ","))
            .map { ASCII.uppercased(HARHead.trimmed($0)) }.filter { !$0.isEmpty && $0 != "IDENTITY" }
        for (index, coding) in codings.reversed().enumerated() {
            guard index < HARLimits.codings, content.undo(coding) else {
                content.remarks.append("\(coding.lowercased()) is not undone")
                content.isCoded = true
                break
            }
        }
        return content
    }

    struct Content {
        var bytes: [UInt8]
        var remarks: [String]
        var isCoded = false

        /// Text where it is UTF-8.
        var text: String? { isCoded ? nil : String(validating: bytes, as: UTF8.self) }
        var base64: String { Base64.encode(bytes) }

        /// - Returns: false where the coding is unknown or the bytes are not in it.
        mutating func undo(_ coding: String) -> Bool {
            let formats: [Inflate.Format] =
                switch coding {
                case "GZIP", "X-GZIP": [.gzip]
                // What servers call deflate has or has not the head of RFC 1950 (RFC 9110 §8.4.1.2).
                case "DEFLATE": [.zlib, .raw]
                default: []
                }
            for format in formats {
                let inflate = Inflate(format)
                var output: [UInt8] = []
                _ = inflate.feed(bytes.span, into: &output, limit: HARLimits.body)
                if output.isEmpty, inflate.state == .damaged { continue }
                if inflate.state == .damaged { remarks.append("what follows is no \(coding.lowercased())") }
                if output.count >= HARLimits.body { remarks.append("there may be more of the content") }
                bytes = output
                return true
            }
            return false
        }
    }
}
