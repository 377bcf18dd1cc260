/// RFC 1939, RFC 2449 §8, RFC 3206, and what servers are seen to say.
extension RefusalMeaning {
    static let pop3: [RefusalMeaning] = [
        RefusalMeaning(
            "timeout", .client,
            says: ["inactivity", "timeout", "timed out", "idle", "autologout"],
            isPlain: false,
            Words(
                "The server waited for the client, and its time is up. What the client had marked as deleted stays.",
                ja: "サーバーはクライアントを待ち、時間切れになりました。削除の印を付けたメッセージは消えずに残ります。")),
        applicationPassword, accessOff, otherLogin, accountLocked,
        RefusalMeaning(
            "in-use", .none, responseCodes: ["IN-USE"], says: ["lock", "in use", "in-use", "busy", "already open"],
            Words(
                "Another session has this mailbox open. Wait until it ends; a session that broke off may hold it for some minutes.",
                ja: "別のセッションがこのメールボックスを開いています。終わるまで待ってください。途中で切れたセッションが数分間ロックを持つこともあります。")),
        RefusalMeaning(
            "login-delay", .none, responseCodes: ["LOGIN-DELAY"],
            says: ["login delay", "too frequent", "too often", "wait before"],
            Words(
                "The client logs in more often than this server allows. Poll less often.",
                ja: "ログインの間隔がサーバーの許す時間より短すぎます。確認の間隔を長くしてください。")),
        RefusalMeaning(
            "tls-unavailable", .none, verbs: ["STLS"],
            isPlain: false,
            Words(
                "The server does not do TLS on this port. A client that is told to use TLS does right to stop here: set it to the port where TLS begins at once (995), or turn TLS on in the server.",
                ja:
                    "サーバーはこのポートで TLS を使えません。TLS を求める設定のクライアントがここで止まるのは正しい動作です。最初から TLS を使うポート(995)に設定するか、サーバー側で TLS を有効にしてください。"
            )),
        RefusalMeaning(
            "tls-required", .client,
            says: ["stls", "encryption", "tls", "ssl", "plaintext authentication disallowed", "plaintext not allowed"],
            Words(
                "The server wants TLS before a login. Turn on STLS, or use port 995.",
                ja: "サーバーはログイン前に TLS を求めています。STLS を有効にするか、ポート 995 を使ってください。")),
        RefusalMeaning(
            "server-trouble", .server, responseCodes: ["SYS/TEMP", "SYS/PERM"],
            says: ["internal error", "system error", "temporary", "unavailable", "cannot open", "can't open"],
            Words(
                "The server has trouble of its own. Try again later, and tell who runs it.",
                ja: "サーバー側に障害があります。後で再試行し、管理者に知らせてください。")),
        RefusalMeaning(
            "wrong-state", .client,
            says: [
                "not logged in", "log in first", "login first", "invalid in this state", "wrong state",
                "already logged in", "not in transaction", "not in authorization", "authenticate first", "no user",
            ],
            isPlain: false,
            Words(
                "The client said this command at the wrong time: before the login, or after it.",
                ja: "クライアントがこのコマンドを誤った段階(ログイン前または後)で送りました。")),
        RefusalMeaning(
            "unknown-command", .none,
            verbs: ["CAPA", "UIDL", "TOP", "AUTH", "APOP", "STLS", "LAST", "XTND", "LANG", "UTF8"],
            says: [
                "unknown", "unrecognized", "not implemented", "unsupported", "invalid command", "not supported",
                "command not", "what", "huh", "bad command", "syntax", "not valid in this state",
                "not available", "disabled",
            ],
            isPlain: false,
            Words(
                "The server does not know this command, which it need not.",
                ja: "サーバーはこのコマンドを知りません。実装は任意なので、これは問題ありません。")),
        RefusalMeaning(
            "login-failed", .client, verbs: ["PASS", "APOP", "AUTH", "USER"],
            isPlain: false,
            Words(
                "The server did not accept this user name and password. Check both.",
                ja: "サーバーはこのユーザー名とパスワードを受け付けませんでした。両方を確認してください。")),
        RefusalMeaning(
            "no-such-message", .client, verbs: ["RETR", "DELE", "TOP", "LIST", "UIDL"],
            says: [
                "no such message", "message number", "out of range", "deleted", "no message", "invalid message",
                "nonexistent", "doesn't exist", "does not exist", "only",
            ],
            isPlain: false,
            Words(
                "There is no message of this number. The client has to take numbers from the listing of this session.",
                ja: "この番号のメッセージはありません。クライアントはこのセッションの一覧にある番号を使う必要があります。")),
        RefusalMeaning(
            "unknown-command", .client,
            says: ["unknown command", "unrecognized", "invalid command", "bad command", "not implemented", "syntax"],
            isPlain: false, Words("The server does not know this command.", ja: "サーバーはこのコマンドを知りません。")),
        RefusalMeaning(
            "refused", .none,
            isPlain: false,
            Words("The server does not want it; its text says why.", ja: "サーバーは拒否しました。理由は応答の文面にあります。")),
    ]
}
