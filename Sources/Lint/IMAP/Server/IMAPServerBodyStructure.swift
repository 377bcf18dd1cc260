import Conversation
import Wire

/// The structure of a message, or its envelope, is not of the form that the grammar gives it.
struct IMAPServerBodyStructure: Rule {
    /// Bytes of a response that are looked at.
    private static let limit = 65_536

    static let about = RuleDescription(
        id: "imap.server.bodystructure",
        title: Words("The structure of a message is malformed", ja: "メッセージの構造の応答が正しくない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.5.2, §9; RFC 3501 §7.4.2, §9",
        means: Words(
            """
            BODY, BODYSTRUCTURE and ENVELOPE tell of a message in lists within lists, each field in its place. A client \
            that finds another form there loses its place in the answer: it drops the connection, or shows none of the \
            messages of this answer.
            """,
            ja: """
                BODY、BODYSTRUCTURE、ENVELOPE は、入れ子のリストでメッセージを表し、各項目の位置は決まっています。\
                形が違うとクライアントは応答のどこを読んでいるのかわからなくなり、接続を切るか、メールを表示できなくなります。
                """),
        remedy: Words(
            "Look at the message that the server tells of so: it is most likely broken, and the server stumbles over it.",
            ja: "該当するメッセージを調べてください。壊れたメッセージで、サーバーがうまく扱えていない可能性があります。"),
        violating: IMAPScene.selected + """
            C: a3 FETCH 2 BODY
            S: * 2 FETCH (BODY ("ALTERNATIVE"))
            S: a3 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.selected + """
            C: a3 FETCH 2 BODY
            S: * 2 FETCH (BODY (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 12 1) "ALTERNATIVE"))
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private struct Told {
        let line: Utterance
        let number: UInt64
        var bytes: [UInt8]
    }

    private var told: Told?

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server else { return nil }
        switch session.piece(line) {
        case .literal: return nil
        case .unknown:
            told = nil
            return nil
        case .start:
            told = nil
            guard let data = IMAPData(line), let number = data.number, data.is("FETCH") else { return nil }
            told = Told(line: line, number: number, bytes: Array(data.rest))
        case .more:
            // A literal is a string.
            guard told != nil else { return nil }
            told?.bytes += line.bytes
        }
        guard line.end != .none, line.dropped == 0, let bytes = told?.bytes, bytes.count <= Self.limit else {
            told = nil
            return nil
        }
        if let literal = IMAPLiteralMark(endOf: line.bytes), let brace = bytes.lastIndex(of: UInt8(ascii: "{")) {
            let start = literal.isBinary ? max(brace - 1, 0) : brace
            told?.bytes = Array(bytes[..<start] + Array(#""literal""#.utf8))
            return nil
        }
        defer { told = nil }
        guard let told, !session.hasGap, session.faults.isEmpty, !session.imap.isCompressed else { return nil }
        return check(told, session)
    }

    private func check(_ told: Told, _ session: SessionSoFar) -> Finding? {
        for (name, start) in Self.values(told.bytes) {
            var form = IMAPBodyForm(told.bytes, at: start)
            guard let node = form.read() else { continue }
            do {
                if name == "ENVELOPE" { try form.checkEnvelope(node) } else { try form.checkBody(node) }
            } catch {
                let part = Quote.of(Array(told.bytes[error.range.clamped(to: told.bytes.indices)]))
                return finding(
                    at: Place(told.line), in: session,
                    means: Words(
                        "In the \(name) of message \(told.number) the server says \(part): \(error.what.en).",
                        ja: "メッセージ \(told.number) の \(name) でサーバーは \(part) と送りました。\(error.what.ja)。"))
            }
        }
        return nil
    }

    /// The items of the response that are looked at, and where their lists begin.
    private static func values(_ bytes: [UInt8]) -> [(name: String, start: Int)] {
        var found: [(name: String, start: Int)] = []
        var depth = 0
        var scan = IMAPQuoted.Scan()
        var word: Range<Int>?
        for (index, byte) in bytes.enumerated() {
            if scan.isContent(byte) || byte == Byte.quote {
                word = nil
                continue
            }
            switch byte {
            case UInt8(ascii: "("):
                if depth == 1, let last = word {
                    let name = ASCII.uppercased(bytes[last].prefix(16))
                    if name == "BODY" || name == "BODYSTRUCTURE" || name == "ENVELOPE" { found.append((name, index)) }
                }
                depth += 1
                word = nil
            case UInt8(ascii: ")"):
                depth -= 1
                word = nil
            case Byte.space, Byte.tab: continue
            default:
                if let last = word, last.upperBound == index {
                    word = last.lowerBound..<(index + 1)
                } else {
                    word = index..<(index + 1)
                }
            }
        }
        return found
    }
}
