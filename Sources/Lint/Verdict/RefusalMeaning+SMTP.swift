/// RFC 5321 §4.2.3, RFC 3463 §3 with the registry that it began, RFC 4954 §6, RFC 7372, and what servers are seen to say.
/// A row that names a reason stands before one that knows the code alone.
extension RefusalMeaning {
    static let lmtp: [RefusalMeaning] = [
        RefusalMeaning(
            "smtp", .client, verbs: ["LHLO"], codes: ["500", "502", "504"],
            Words(
                "This server speaks SMTP, where a client says hello by EHLO: it was reached by a client of LMTP. Check the port, or set the client to SMTP.",
                ja: "このサーバーは SMTP を話し、挨拶は EHLO です。LMTP のクライアントが接続しました。ポートを確認するか、クライアントを SMTP に設定してください。")),
        RefusalMeaning(
            "lmtp", .client, verbs: ["EHLO", "HELO"],
            Words(
                "This server speaks LMTP (RFC 2033 §4.1), where a client says hello by LHLO: it was reached by a client of SMTP. Check the port, or set the client to LMTP.",
                ja: "このサーバーは LMTP(RFC 2033 §4.1)を話し、挨拶は LHLO です。SMTP のクライアントが接続しました。ポートを確認するか、クライアントを LMTP に設定してください。")),
    ]

    static let smtp: [RefusalMeaning] =
        smtpConnection + smtpTLS + smtpLogin + smtpSender + smtpPolicy + smtpRoom + smtpRecipient + smtpForm + smtpRest

    private static let smtpConnection: [RefusalMeaning] = [
        RefusalMeaning(
            "too-many-errors", .client,
            says: [
                "too many error", "too many invalid", "too many unrecognized", "too many bad", "too many syntax",
                "too many protocol", "too many unknown", "too many unsuccessful", "too many non", "too many junk",
            ],
            isPlain: false,
            Words(
                "The server has had enough of commands that it had to refuse. What it refused first is to be mended, and a client must not repeat what was refused for good.",
                ja: "拒否されたコマンドが多すぎたため、サーバーが打ち切りました。最初に拒否されたものを直す必要があり、恒久的に拒否されたものを繰り返してはいけません。")),
        RefusalMeaning(
            "timeout", .client, enhanced: ["4.2"],
            says: [
                "timeout", "timed out", "time out", "idle for too long", "idle too long", "inactivity", "been idle",
            ],
            temporary: true, isPlain: false,
            Words(
                "The server waited for the client, and its time is up. Either the client had nothing to say for so long, or it took something for said that for the server was not.",
                ja: "サーバーはクライアントを待ち、時間切れになりました。クライアントが長く何も送らなかったか、送ったつもりのものがサーバーには届いていない形だったかのどちらかです。")),
        RefusalMeaning(
            "busy", .none, enhanced: ["3.2"],
            says: [
                "too many connections", "too many concurrent", "connections from your", "too busy", "server busy",
                "too many sessions", "connection limit", "shutting down", "resources temporarily unavailable",
                "load average", "system load",
            ],
            temporary: true,
            Words(
                "The server has no room for this connection now, or is going down; it may say so at any time. Try again later, with fewer connections at once.",
                ja: "サーバーが混み合っているか、停止しようとしています。これはいつ言ってもかまいません。同時接続を減らし、時間を置いて再試行してください。")),
        RefusalMeaning(
            "put-off", .none, says: ["unexpected volume", "user complaints"], temporary: true,
            Words(
                "The server puts this sender off: too much mail came from there of late, or its users complained of it. Send less at once, keep the rest and try again in some hours; look at who no longer wants the mail.",
                ja: "サーバーはこの送信元からのメールを一時的に断っています。最近の通数が多すぎるか、利用者の苦情があったためです。送信量を減らし、残りは数時間後に再送してください。")),
        RefusalMeaning(
            "greylisted", .none,
            says: [
                "greylist", "graylist", "grey list", "try again in", "temporarily deferred", "please retry later",
                "deferred, please try", "not yet authorized to deliver", "come back later",
            ],
            temporary: true,
            Words(
                "The server puts off mail from senders that it does not know yet (greylisting). The client has to keep the message and try again after some minutes.",
                ja: "サーバーは初めての送信元からのメールをいったん保留します(グレイリスティング)。クライアントはメッセージを残しておき、数分後に再送する必要があります。")),
    ]

    private static let smtpTLS: [RefusalMeaning] = [
        RefusalMeaning(
            "tls-unavailable", .server, verbs: ["STARTTLS"], temporary: true,
            Words(
                "The server offers STARTTLS and cannot do it: mostly its key or certificate cannot be read. Who runs it has to mend that; the client cannot, and does right not to send in clear where it was told to use TLS.",
                ja:
                    "サーバーは STARTTLS を提示しながら実行できません。多くは鍵や証明書を読めないことが原因です。サーバーの管理者が直す必要があります。TLS を求める設定のクライアントが平文で送らないのは正しい動作です。"
            )),
        RefusalMeaning(
            "tls-required", .client, enhanced: ["7.10", "7.11"],
            says: [
                "must issue a starttls", "starttls first", "requires tls", "tls required", "encryption required",
                "encryption is required", "must use tls", "starttls is required", "need starttls", "starttls command",
                "use starttls", "requires ssl", "secure connection", "encrypted connection", "without tls",
            ],
            Words(
                "The server wants TLS before this command. Turn on STARTTLS in the client.",
                ja: "サーバーはこのコマンドの前に TLS を求めています。クライアントで STARTTLS を有効にしてください。")),
    ]

    private static let smtpLogin: [RefusalMeaning] = [
        applicationPassword, accessOff, otherLogin, accountLocked, tooManyLogins,
        RefusalMeaning(
            "login-failed", .client, verbs: ["AUTH"], codes: ["535"], enhanced: ["7.8"],
            says: [
                "authentication failed", "invalid credentials", "username and password not accepted",
                "bad username or password", "incorrect authentication", "authentication unsuccessful", "login failed",
                "invalid login", "invalid user", "wrong password", "authentication failure",
            ],
            temporary: false, isPlain: false,
            Words(
                "The server did not accept this user name and password (or token). Check both; some providers want a password made for this program, or OAuth.",
                ja: "サーバーはこのユーザー名とパスワード(またはトークン)を受け付けませんでした。両方を確認してください。アプリ専用パスワードや OAuth を求める事業者もあります。")),
        RefusalMeaning(
            "mechanism", .client, verbs: ["AUTH"], codes: ["504", "534", "538", "502", "500"],
            enhanced: ["7.9", "5.4", "7.11", "5.1"],
            isPlain: false,
            Words(
                "The server does not take this way of logging in, here or at all. Choose a mechanism from its AUTH list, inside TLS.",
                ja: "サーバーはこの認証方式を受け付けません。AUTH の一覧にある方式を、TLS の中で使ってください。")),
        RefusalMeaning(
            "login-cancelled", .client, verbs: ["AUTH"], says: ["cancel", "aborted"],
            isPlain: false,
            Words(
                "The login was given up on the way. Either the client took back what it had begun, or what it said stands for that.",
                ja: "認証が途中で取り消されました。クライアントが取り消したか、取り消しと解釈される内容を送りました。")),
        RefusalMeaning(
            "login-form", .client, verbs: ["AUTH"], codes: ["501"], enhanced: ["5.2", "5.6"],
            says: ["base64", "decode", "invalid character", "malformed"],
            isPlain: false,
            Words(
                "The server could not read what the client said to log in: it is no base64, has not the form of this mechanism, or is no answer to what was asked.",
                ja: "サーバーは認証の応答を解釈できませんでした。base64 になっていないか、この方式の形式に合っていません。")),
        RefusalMeaning(
            "login-unavailable", .server, verbs: ["AUTH"], temporary: true,
            Words(
                "The server cannot check passwords at the moment. Try again later, and tell who runs it.",
                ja: "サーバーは現在パスワードを確認できません。後で再試行し、管理者に知らせてください。")),
        RefusalMeaning(
            "login-refused", .client, verbs: ["AUTH"],
            isPlain: false,
            Words("The login was refused.", ja: "ログインは拒否されました。")),
        RefusalMeaning(
            "login-required", .client, codes: ["530"],
            says: [
                "authentication required", "authentication is required", "not logged in", "must authenticate",
                "auth required", "log in first", "not authenticated", "smtp auth", "smtp-auth", "need to authenticate",
                "please authenticate", "authenticate first", "requires authentication", "login required",
                "must be authenticated", "without authentication", "authentification", "pop before smtp",
                "check your mail first",
            ],
            Words(
                "The server takes this mail only after a login. Set user name and password for sending in the client, or send by the submission port 587 or 465.",
                ja: "サーバーはログイン後でなければこのメールを受け付けません。クライアントに送信用のユーザー名とパスワードを設定するか、投稿用ポート 587 または 465 を使ってください。")),
    ]

    private static let smtpForm: [RefusalMeaning] = [
        RefusalMeaning(
            "message-form", .message, verbs: [".", "BDAT"],
            enhanced: ["6.0", "6.1", "6.2", "6.3", "6.5", "6.6", "6.7"],
            says: [
                "header", "rfc 5322", "rfc5322", "rfc 2822", "rfc2822", "822.bis", "822bis", "mime", "malformed",
                "missing from",
                "message-id", "date field", "nul char", "nul byte", "8-bit", "8bit", "non-ascii", "base64", "bare",
                "compliant",
                "conform", "not valid message", "encoding", "date:",
            ],
            isPlain: false,
            Words(
                "The server does not like the form of the message: its header, its parts or its characters. Its text says which; the program that makes the message is to be mended.",
                ja: "サーバーはメッセージの形式(ヘッダー、パート、文字)を理由に拒否しました。詳しくは応答の文面にあります。メッセージを作ったプログラムを直す必要があります。")),
        RefusalMeaning(
            "hello-name", .client,
            says: [
                "helo command rejected", "ehlo command rejected", "invalid helo", "invalid ehlo", "helo argument",
                "ehlo argument", "bad helo", "bad ehlo", "helo name", "ehlo name", "helo host", "ehlo host",
                "hello name",
                "fully-qualified hostname", "fully qualified hostname", "hostname", "in helo", "in ehlo", "helo/ehlo",
                "your helo", "your ehlo", "helo is", "greeting name", "helo domain", "ehlo domain", "fqdn",
            ],
            isPlain: false,
            Words(
                "The server does not like the name that the client gave in EHLO or HELO. Give the full name of the machine, or its address in brackets.",
                ja: "サーバーは EHLO/HELO で名乗られた名前を受け入れませんでした。完全なホスト名か、角括弧付きのアドレスを名乗ってください。")),
        RefusalMeaning(
            "out-of-order", .client, codes: ["503"],
            says: [
                "bad sequence", "need mail", "need rcpt", "polite people say hello", "out of sequence", "helo first",
                "ehlo first", "hello first", "say helo", "say hello", "no sender", "sender already", "nested mail",
                "valid rcpt", "no valid recipients", "already specified", "already issued", "not allowed at this time",
            ],
            isPlain: false,
            Words(
                "The client said this command at the wrong time. The order is EHLO, MAIL, RCPT, DATA.",
                ja: "クライアントがこのコマンドを誤った順序で送りました。順序は EHLO、MAIL、RCPT、DATA です。")),
        RefusalMeaning(
            "parameter", .client, codes: ["555"],
            says: ["parameter", "unsupported option", "unknown option", "not recognized option", "bad option"],
            isPlain: false,
            Words(
                "The server does not take a parameter of this command: it does not know it, or not with this value. Only those may be used that its answer to EHLO offers.",
                ja: "サーバーはこのコマンドの引数、またはその値を受け付けません。EHLO の応答で提示されたものだけを使えます。")),
        RefusalMeaning(
            "syntax", .client, codes: ["501", "553"], enhanced: ["5.2", "5.4", "1.3"],
            says: ["syntax", "malformed", "bad address", "invalid address", "mailbox name not allowed"],
            isPlain: false,
            Words(
                "The server could not read this command. Its spelling has to be mended in the client.",
                ja: "サーバーはこのコマンドを解釈できませんでした。クライアント側で書式を直す必要があります。")),
        RefusalMeaning(
            "unknown-command", .client, codes: ["500", "502"],
            says: ["unrecognized", "not recognized", "unknown command", "not implemented", "unrecognised"],
            isPlain: false,
            Words(
                "The server does not know this command. Only what its answer to EHLO offers may be used.",
                ja: "サーバーはこのコマンドを知りません。EHLO の応答で提示されたものだけを使えます。")),
    ]

    private static let smtpRest: [RefusalMeaning] = [
        RefusalMeaning(
            "disk-full", .server, verbs: ["MAIL", "DATA", "."], codes: ["452"],
            isPlain: false,
            Words(
                "The server is short of room for now. Try again later, and tell who runs it.",
                ja: "サーバーの空き容量が足りません。後で再送し、管理者に知らせてください。")),
        RefusalMeaning(
            "busy", .none, codes: ["421"],
            isPlain: false,
            Words(
                "The server has no room for this connection now, or is going down; it may say so at any time. Try again later.",
                ja: "サーバーが混み合っているか、停止しようとしています。これはいつ言ってもかまいません。時間を置いて再試行してください。")),
        RefusalMeaning(
            "policy", .none, enhanced: ["7.0", "7.1", "7.2"],
            says: ["policy", "access denied", "not allowed", "prohibited", "administrative", "rejected by", "blocked"],
            isPlain: false,
            Words(
                "The server does not want this mail by its own rules; its text says which. Ask who runs it.",
                ja: "サーバーの方針により拒否されました。応答の文面が理由を示します。相手の管理者に問い合わせてください。")),
        RefusalMeaning(
            "temporary", .none, temporary: true,
            isPlain: false,
            Words(
                "The server cannot do it for now. The client has to keep the message and try again later.",
                ja: "サーバーは現在処理できません。クライアントはメッセージを残しておき、後で再送する必要があります。")),
        RefusalMeaning(
            "refused", .none,
            isPlain: false,
            Words(
                "The server does not want it; its text says why. Trying again as it is will not help.",
                ja: "サーバーは拒否しました。理由は応答の文面にあります。同じまま再送しても結果は変わりません。")),
    ]
}
