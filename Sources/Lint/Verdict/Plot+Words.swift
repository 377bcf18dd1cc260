import Conversation

extension Plot {
    /// What was done, in one sentence.
    func outcome(_ dialect: DialectName) -> Words {
        switch dialect {
        case .smtp, .lmtp:
            if delivered > 0 {
                let to = recipients > 0 ? " for \(Self.count(recipients, "recipient"))" : ""
                let toJapanese = recipients > 0 ? "(宛先\(recipients)件)" : ""
                return Words(
                    "The server took \(Self.count(delivered, "message"))\(to).",
                    ja: "サーバーはメッセージ\(delivered)通\(toJapanese)を受け取りました。")
            }
            if triedToSend { return Words("No message was delivered.", ja: "メッセージは届けられませんでした。") }
            if triedLogin, !isLoggedIn { return Words("Nobody logged in.", ja: "ログインできませんでした。") }
            return Words("No message was sent.", ja: "メッセージは送られませんでした。")
        case .pop3, .imap:
            if fetched > 0 {
                return Words(
                    "The client fetched \(Self.count(fetched, "message")).",
                    ja: "クライアントはメッセージ\(fetched)通を取得しました。")
            }
            if appended > 0 {
                return Words(
                    "The client stored \(Self.count(appended, "message")).",
                    ja: "クライアントはメッセージ\(appended)通を保存しました。")
            }
            if isLoggedIn {
                return Words("The client logged in and fetched no message.", ja: "クライアントはログインしましたが、メッセージは取得していません。")
            }
            return Words("Nobody logged in.", ja: "ログインした者はいません。")
        case .http:
            return Words("\(Self.count(answered, "request")) answered.", ja: "\(answered)件の要求に応答がありました。")
        case .nntp, .ftp, .sieve, .irc, .plain:
            return Words("\(Self.count(answered, "command")) answered.", ja: "\(answered)件のコマンドに応答がありました。")
        }
    }

    /// `1 message`, `2 messages`.
    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
