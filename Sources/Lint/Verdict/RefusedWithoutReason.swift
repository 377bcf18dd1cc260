import Conversation
import Wire

/// A command that keeps to the grammar and to what the server offers, and that every server has to take, refused for its
/// form: then it is the server that is at fault.
extension Judge {
    func refusedWithoutReason(_ refusal: Refusal) -> (id: String, words: Words)? {
        switch session.dialect {
        case .smtp, .lmtp: smtp(refusal)
        case .imap: imap(refusal)
        case .pop3, .http, .nntp, .ftp, .sieve, .irc, .plain: nil
        }
    }

    private func smtp(_ refusal: Refusal) -> (id: String, words: Words)? {
        let meant = RefusalMeaning.of(refusal, in: session.dialect)?.id
        if meant == "refused.login-required", plot.isLoggedIn {
            return (
                "server.forgets-login",
                Words(
                    "The client had logged in before, and nothing that it said since undoes that: EHLO and RSET end a mail transaction and no login (RFC 4954 §4, RFC 5321 §4.1.4). The server forgot it.",
                    ja:
                        "クライアントはすでにログインしています。EHLO や RSET はトランザクションを終えるだけで、ログインは取り消しません(RFC 4954 §4、RFC 5321 §4.1.4)。サーバーがログインを忘れています。"
                )
            )
        }
        if refusal.verb == "AUTH", meant == "refused.mechanism", let mechanism = refusal.mechanism,
            session.smtp.listing?.arguments(of: "AUTH").contains(mechanism) == true
        {
            return (
                "server.refuses-offered",
                Words(
                    "The server lists \(mechanism) behind AUTH in its answer to EHLO, and does not know it when the client uses it (RFC 4954 §3, §4). Let the client try another mechanism; the server's list is to be mended.",
                    ja:
                        "サーバーは EHLO の応答の AUTH に \(mechanism) を挙げていながら、使うと知らないと答えています(RFC 4954 §3、§4)。クライアントは別の方式を試せますが、直すべきなのはサーバーの一覧です。"
                )
            )
        }
        guard refusal.verb == "MAIL" || refusal.verb == "RCPT", refusal.reply.code.first == "5" else { return nil }
        let isAboutForm =
            ["refused.syntax", "refused.parameter", "refused.unknown-command"].contains(meant)
            || refusal.says("bad sender address")
        guard isAboutForm, !hasFinding(at: refusal) else { return nil }
        return (
            "server.refuses-wellformed",
            Words(
                "The command keeps to the grammar and uses nothing that the server does not offer (RFC 5321 §4.1.1.2, §4.1.1.3, §4.1.1.11): the server reads it wrongly. A client can try without the parameters; what has to be mended is the server, or what stands before it.",
                ja:
                    "このコマンドは文法どおりで、サーバーが提示していないものも使っていません(RFC 5321 §4.1.1.2、§4.1.1.3、§4.1.1.11)。サーバーの解釈が誤っています。クライアントは引数なしで試すことができますが、直すべきなのはサーバー、またはその手前の装置です。"
            )
        )
    }

    private func imap(_ refusal: Refusal) -> (id: String, words: Words)? {
        guard refusal.isWellFormedIMAP, RefusalMeaning.of(refusal, in: .imap)?.id == "refused.unknown-command",
            !hasFinding(at: refusal)
        else { return nil }
        return (
            "server.refuses-wellformed",
            Words(
                "As far as can be seen the command has the form that the grammar gives it, and every IMAP server has to know it (RFC 9051 §6, §9): the server reads it wrongly. Perhaps it takes another form of the same; the server is to be mended.",
                ja:
                    "見たところ、このコマンドは文法どおりで、すべての IMAP サーバーが知っていなければならないものです(RFC 9051 §6、§9)。サーバーの解釈が誤っています。別の書き方なら通るかもしれませんが、直すべきなのはサーバーです。"
            )
        )
    }

    /// The client did something that explains it.
    private func hasFinding(at refusal: Refusal) -> Bool {
        findings.contains { $0.place.exchange == refusal.place.exchange && $0.side == .client }
    }
}
