import Conversation
import Wire

/// A body has more or fewer octets than were announced.
struct HTTPBothCLMismatch: Rule {
    static let hears: RuleEvents = [.utterance, .bodyEnded, .ended]
    static let about = RuleDescription(
        id: "http.both.cl-mismatch",
        title: Words("A body is not as long as its Content-Length", ja: "本体の長さが Content-Length と一致しない"),
        severity: .error,
        side: .server,
        clause: "RFC 9112 §6.3, §8",
        means: Words(
            """
            Who reads a body that ends too early has half of a page, a picture or a message, and must treat it as \
            broken. Octets behind the announced end are taken for the next request or response.
            """,
            ja: """
                本体が途中で終わると、受け手の手元にはページや画像やメッセージの一部しかなく、壊れたものとして扱うし\
                かありません。予告より後ろのオクテットは、次のリクエストや応答と見なされます。
                """),
        remedy: Words(
            """
            Count the octets of the body as it is sent, after compression and conversion of line ends. Where it is \
            known to be right, look for what cut the connection.
            """,
            ja: """
                圧縮や改行の変換を済ませた、実際に送る本体のオクテットを数えてください。数が正しいはずなら、接続を\
                切ったものを調べます。
                """),
        violating: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 100
            S: 
            S: ok\\c
            end: server-closed
            """,
        conforming: """
            protocol: http
            C: GET / HTTP/1.1
            C: Host: www.example.com
            C: 
            S: HTTP/1.1 200 OK
            S: Date: Mon, 05 Jan 2026 10:00:00 GMT
            S: Content-Length: 2
            S: 
            S: ok\\c
            end: server-closed
            """,
        dialects: [.http])

    private struct Cut: Sendable {
        var place: Place
        var announced: UInt64
        var octets: UInt64
    }

    /// Bodies that ended too early; who is to blame shows next.
    private var cut = PerDirection<Cut?>(nil)

    mutating func bodyEnded(
        _ body: BodyStart, octets: UInt64, complete: Bool, in session: SessionSoFar
    ) -> Finding? {
        let head = session.http.heads[body.direction]
        guard !complete, !body.isSwitched, !session.hasGap, case .counted(let announced) = head.framing,
            octets < announced, let place = head.place
        else { return nil }
        // A client that was refused leave to send its body goes on without (RFC 9110 §10.1.1).
        if body.direction == .client, head.expectsContinue { return nil }
        cut[body.direction] = Cut(place: place, announced: announced, octets: octets)
        return nil
    }

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard !session.hasGap else { return nil }
        if line.kind == .command || line.kind == .reply, let cut = cut[line.direction] {
            return finding(cut, of: line.direction, in: session)
        }
        guard case .behindBody(let announced)? = session.http.stray(line) else { return nil }
        let who = line.direction.speakerName
        // What a client says there may be the rest of a form, and hold a password.
        let said = line.direction == .server ? " (\(Quote.of(line)))" : ""
        // A line end too many is passed by.
        return finding(
            from: line.direction, at: Place(line), in: session, severity: line.bytes.isEmpty ? .warning : nil,
            means: Words(
                """
                The \(who[.en]) announced a body of \(announced) octets, and more came behind it\(said). It is taken \
                for the beginning of the next request or response.
                """,
                ja: """
                    \(who[.ja])は \(announced) オクテットの本体を予告しましたが、その後ろにも続きがありました\
                    \(said)。次のリクエストや応答の始まりと見なされます。
                    """))
    }

    mutating func ended(in session: SessionSoFar) -> Finding? {
        guard !session.hasGap, case .closed(let first)? = session.end, let cut = cut[first] else { return nil }
        // Users break off what they send, and may when the answer is there (RFC 9112 §9.5).
        if first == .client, session.http.answered >= session.http.asked { return nil }
        return finding(cut, of: first, in: session, severity: first == .client ? .warning : nil)
    }

    private func finding(
        _ cut: Cut, of direction: Direction, in session: SessionSoFar, severity: Severity? = nil
    ) -> Finding {
        let who = direction.speakerName
        return finding(
            from: direction, at: cut.place, in: session, severity: severity,
            means: Words(
                """
                The \(who[.en]) announced a body of \(cut.announced) octets and sent \(cut.octets). The rest is \
                missing.
                """,
                ja: """
                    \(who[.ja])は \(cut.announced) オクテットの本体を予告しましたが、送ったのは \(cut.octets) オクテ\
                    ットでした。残りが欠けています。
                    """))
    }
}
