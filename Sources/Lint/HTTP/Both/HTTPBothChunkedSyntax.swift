import Conversation
import Wire

/// What frames the chunks of a body is not as it should be.
struct HTTPBothChunkedSyntax: Rule {
    static let hears: RuleEvents = [.utterance, .ended]
    static let about = RuleDescription(
        id: "http.both.chunked-syntax",
        title: Words(
            "The chunks of a body are not framed as they should be", ja: "本体のチャンクの区切りが正しくない"),
        severity: .error,
        side: .server,
        clause: "RFC 9112 §7.1, §8",
        means: Words(
            """
            Each chunk is its size in hexadecimal, a line end, so many octets and a line end; one of size 0 tells \
            that all is there. Without that nobody knows which octets are content, nor whether it is whole.
            """,
            ja: """
                各チャンクは、十六進数の大きさ、改行、その数のオクテット、改行からなり、大きさ 0 のチャンクが全体の\
                終わりを示します。これがないと、どのオクテットが内容か、すべて届いたかが分かりません。
                """),
        remedy: Words(
            """
            Let one layer alone do the chunking. Where the last chunk is missing, the program that makes the page \
            has mostly failed in the middle: look into its log.
            """,
            ja: """
                チャンク化は一つの層だけで行ってください。最後のチャンクがない場合は、ページを作るプログラムが途中で\
                失敗していることが多いので、そのログを調べます。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Transfer-Encoding: chunked
            S: 
            S: 2
            S: ok
            S: not a size
            end: client-closed
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Transfer-Encoding: chunked
            S: 
            S: 2;name=value
            S: ok
            S: 0
            S: 
            end: client-closed
            """,
        dialects: [.http])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.kind == .line || line.kind == .command || line.kind == .reply, !session.hasGap else { return nil }
        let head = session.http.heads[line.direction]
        let who = line.direction.speakerName
        switch line.kind {
        case .line:
            guard case .inChunks? = session.http.stray(line) else { return nil }
            // It may be the content itself, of a form with a password.
            let said = line.direction == .server ? Quote.of(line) : "a line of \(line.length) octets"
            let told = line.direction == .server ? Quote.of(line) : "\(line.length) オクテットの行"
            // The line that was cut off by the end of the session may have been right.
            guard line.end != .none else { return nil }
            return finding(
                from: line.direction, at: Place(line), in: session,
                means: Words(
                    """
                    Where the size of a chunk, or the line end behind one, has to be, the \(who[.en]) sent \(said). \
                    Nobody can tell where the body ends.
                    """,
                    ja: """
                        チャンクの大きさ、またはチャンクの後ろの改行があるべき場所に、\(who[.ja])は\(told) を送りま\
                        した。本体の終わりが誰にも分かりません。
                        """))
        case .command, .reply:
            guard head.isInChunks, let place = head.place else { return nil }
            if line.direction == .client, head.expectsContinue { return nil }
            return finding(
                from: line.direction, at: place, in: session,
                means: Words(
                    """
                    The \(who[.en]) began \(HTTPText.quote(line)) before the last chunk of the body before it was \
                    sent.
                    """,
                    ja: """
                        \(who[.ja])は、前の本体の最後のチャンクを送らないまま \(HTTPText.quote(line)) を始めました。
                        """))
        default: return nil
        }
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard !session.hasGap, case .closed(let first)? = session.end else { return nil }
        let head = session.http.heads[first]
        guard head.isInChunks, let place = head.place else { return nil }
        // Users break off what they send, and may when the answer is there (RFC 9112 §9.5).
        if first == .client, session.http.answered >= session.http.asked || head.expectsContinue { return nil }
        let who = first.speakerName
        return finding(
            from: first, at: place, in: session, severity: first == .client ? .warning : nil,
            means: Words(
                """
                The \(who[.en]) ended the connection before the last chunk of the body, the one of size 0. Part of \
                the body is missing.
                """,
                ja: """
                    \(who[.ja])は、本体の最後のチャンク (大きさ 0) を送る前に接続を終えました。本体の一部が欠けてい\
                    ます。
                    """))
    }
}
