import Conversation
import Wire

/// The server says `+` where nothing waits for it, or in a wrong form.
struct IMAPServerContinuation: Rule {
    static let hears: RuleEvents = [.utterance]
    static let about = RuleDescription(
        id: "imap.server.continuation",
        title: Words("A continuation is unasked for, or malformed", ja: "継続応答 `+` が不要、または形式が正しくない"),
        severity: .error,
        side: .server,
        clause: "RFC 9051 §7.6, §9; RFC 3501 §7.5, §9",
        means: Words(
            """
            `+ ` gives leave to say a literal, a step of an authentication, or that IDLE has begun. Unasked for it \
            makes a client say something at the wrong time; a challenge that is not base64 ends the login.
            """,
            ja: """
                `+ ` は、リテラルや認証の次の手順を送ってよいこと、または IDLE の開始を示します。求められていないのに送ると、\
                クライアントが誤ったときにデータを送ります。チャレンジが base64 でないと認証は失敗します。
                """),
        remedy: Words(
            "Say `+ ` only to `{n}`, AUTHENTICATE and IDLE, a space behind it, and base64 in an authentication.",
            ja: "`+ ` は `{n}`、AUTHENTICATE、IDLE に対してだけ送り、後に空白を置き、認証では base64 を続けてください。"),
        violating: IMAPScene.loggedIn + """
            C: a2 NOOP
            S: + go ahead
            S: a2 OK done
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn + """
            C: a2 CREATE {4}
            S: + go ahead
            C: Junk
            S: a2 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.bytes.first == Byte.plus, line.end != .none, session.followsIMAP,
            session.piece(line) == .start
        else { return nil }
        let imap = session.imap
        let authentication = imap.pending.contains { $0.verb == "AUTHENTICATE" }
        guard imap.leavesOwed > 0 || authentication || imap.pending.contains(where: { $0.verb == "IDLE" }) else {
            return finding(
                at: Place(line), in: session,
                means: Words(
                    "The server said \(Quote.of(line)), and nothing that the client had said waits for it.",
                    ja: "サーバーは \(Quote.of(line)) を送りましたが、クライアントはそれを待つものを何も送っていません。"))
        }
        guard line.bytes.count > 1, line.bytes[1] == Byte.space else {
            return finding(
                at: Place(line), in: session, severity: .warning,
                means: Words(
                    "No space follows the plus sign of \(Quote.of(line)); some clients do not know it for a continuation.",
                    ja: "\(Quote.of(line)) のプラス記号の後に空白がなく、継続応答と認識しないクライアントがあります。"))
        }
        guard authentication, imap.leavesOwed == 0, line.kind == .challenge, line.dropped == 0,
            Base64.decode(line.bytes[2...]) == nil
        else { return nil }
        return finding(
            at: Place(line), in: session,
            means: Words(
                "The challenge \(Quote.of(line)) is not base64, and the client cannot answer it.",
                ja: "チャレンジ \(Quote.of(line)) が base64 になっておらず、クライアントは応答できません。"))
    }
}
