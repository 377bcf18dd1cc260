/// What providers say of logins, whatever the protocol.
extension RefusalMeaning {
    private static let verbs: Set<String> = ["AUTH", "USER", "PASS", "APOP", "LOGIN", "AUTHENTICATE"]

    static let applicationPassword = RefusalMeaning(
        "application-password", .none, verbs: verbs,
        says: [
            "application-specific password", "app-specific password", "app password", "application password",
            "invalidsecondfactor",
        ],
        Words(
            "With this account the server takes no ordinary password from a mail program, but one that the user makes for this program alone (an application password) in the settings of the account. Nobody breaks a rule of the protocol.",
            ja:
                "このアカウントでは、通常のパスワードはメールソフトから使えません。利用者がアカウントの設定画面で、このソフト専用の「アプリパスワード」を作って設定する必要があります。プロトコルの規則は誰も破っていません。"
        ))

    static let otherLogin = RefusalMeaning(
        "other-login", .client, verbs: verbs, enhanced: ["7.139", "7.57"],
        says: [
            "basic authentication is disabled", "basic auth", "oauth", "modern authentication", "less secure",
            "log in via your web browser", "login via your web browser", "web login required", "weblogin",
            "smtpclientauthentication is disabled", "not authenticated to send",
        ],
        Words(
            "The password is not what is wrong: the server does not let this account in this way. Log in by OAuth (XOAUTH2, OAUTHBEARER), or turn this kind of access on in the account's settings.",
            ja: "パスワードの誤りではなく、この方法でのログインがこのアカウントでは許可されていません。OAuth(XOAUTH2、OAUTHBEARER)を使うか、アカウントの設定でこの種のアクセスを有効にしてください。"
        ))

    static let accessOff = RefusalMeaning(
        "access-off", .none, verbs: verbs,
        says: [
            "imap access", "pop access", "not enabled for imap", "not enabled for pop", "is disabled for your",
            "protocol disabled", "enable imap", "enable pop", "imap is disabled", "pop3 is disabled", "pop is disabled",
            "imap disabled", "pop3 disabled", "not allowed to use imap", "not allowed to use pop",
        ],
        Words(
            "This kind of access is switched off for the account; the password is not what is wrong, and nobody breaks a rule of the protocol. The user, or who runs the domain, can switch it on in the settings.",
            ja:
                "このアカウントでは、この種のアクセスが無効になっています。パスワードの誤りではなく、プロトコルの規則も破られていません。利用者またはドメインの管理者が設定で有効にできます。"
        ))

    static let accountLocked = RefusalMeaning(
        "account-locked", .none, verbs: verbs,
        says: [
            "account is locked", "account locked", "account has been locked", "account is disabled",
            "account disabled", "account has been disabled", "suspended", "account is not active", "account inactive",
            "user is disabled", "blocked account", "account is blocked", "password expired", "password has expired",
            "accountdisabled",
        ],
        Words(
            "The server keeps this account shut. Its user, or who runs the server, has to open it again; the client can do nothing about it.",
            ja: "サーバーがこのアカウントを閉じています。利用者またはサーバーの管理者が解除する必要があり、クライアント側ではどうにもなりません。"))

    static let tooManyLogins = RefusalMeaning(
        "too-many-logins", .client, verbs: verbs, enhanced: ["7.32"],
        says: [
            "too many login", "too many auth", "too many failed", "too many bad auth", "too many invalid login",
            "login attempts", "temporarily blocked", "temporarily locked", "login rate",
        ],
        Words(
            "There were too many logins, or too many that failed, in a short time. Stop, mend the password that some program still has, and try again later.",
            ja: "短時間にログイン、またはログインの失敗が多すぎました。いったん止めて、古いパスワードを持つプログラムを直し、後で再試行してください。"))
}
