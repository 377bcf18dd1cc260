import Conversation

/// What an IMAP server means that says BYE without having been asked (RFC 9051 §7.1.5).
struct DismissalMeaning {
    let id: String
    let fault: Verdict.Fault
    let words: Words

    static func of(_ reply: Reply) -> DismissalMeaning {
        let text = reply.text.lowercased()
        func says(_ words: [String]) -> Bool { words.contains { text.contains($0) } }
        if says(["inactiv", "idle", "autologout", "timeout", "timed out", "too long"]) {
            return DismissalMeaning(
                id: "dismissed.idle", fault: .client,
                words: Words(
                    "The client had said nothing for too long: RFC 9051 §5.4 lets a server log it out after thirty minutes. In IDLE, say DONE and IDLE anew every 29 minutes (RFC 2177 §3).",
                    ja:
                        "クライアントが長く何も送りませんでした。サーバーは 30 分でログアウトさせてかまいません(RFC 9051 §5.4)。IDLE 中は 29 分ごとに DONE と IDLE を送り直してください(RFC 2177 §3)。"
                ))
        }
        if says(["too many", "maximum number", "limit"]) {
            return DismissalMeaning(
                id: "dismissed.too-many", fault: .none,
                words: Words(
                    "There are more connections or failed logins than the server allows.",
                    ja: "接続数またはログインの失敗が、サーバーの許す数を超えています。"))
        }
        if says(["shut", "restart", "maintenance", "unavailable", "going down", "internal", "fatal", "crash", "error"])
        {
            return DismissalMeaning(
                id: "dismissed.going-down", fault: .server,
                words: Words(
                    "It says that it is going down, or has trouble of its own; the client did nothing to cause that. If it says so each time, look in its log.",
                    ja: "停止中か、サーバー側の障害だと言っています。クライアントの行いが原因ではありません。毎回そう言うなら、サーバーのログを調べてください。"))
        }
        return DismissalMeaning(
            id: "dismissed", fault: .server,
            words: Words(
                "Nobody had asked for that; its text says why, if anything does.",
                ja: "求められたものではありません。理由は(あるとすれば)文面にあります。"))
    }
}
