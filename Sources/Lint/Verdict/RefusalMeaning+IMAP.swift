/// RFC 9051 §7.1, RFC 5530 §3, and what servers are seen to say.
extension RefusalMeaning {
    static let imap: [RefusalMeaning] = [
        applicationPassword, accessOff, otherLogin, accountLocked,
        RefusalMeaning(
            "too-many-connections", .none,
            says: [
                "maximum number of connections", "too many simultaneous", "too many connections", "too many sessions",
            ],
            Words(
                "This user has as many connections open as the server allows; the password is not what is wrong. Close some (other devices, other programs), let the client use fewer at once, or have the limit raised.",
                ja:
                    "このユーザーの同時接続数が上限に達しています。パスワードの誤りではありません。ほかの端末やソフトの接続を閉じるか、クライアントの同時接続数を減らすか、上限を上げてもらってください。"
            )),
        RefusalMeaning(
            "system-flag", .client, says: ["system flag"],
            isPlain: false,
            Words(
                "A flag that begins with a backslash is one of the standard's; a keyword of one's own has none (`$NotJunk`, not `\\$NotJunk`).",
                ja: "バックスラッシュで始まるフラグは標準で定められたものだけです。独自のキーワードには付けません(`\\$NotJunk` ではなく `$NotJunk`)。")),
        RefusalMeaning(
            "message-numbers", .client, says: ["messageset", "message set", "sequence number", "invalid uid"],
            isPlain: false,
            Words(
                "The numbers name messages that are not there. Message numbers count from 1 to what EXISTS says and move up with each EXPUNGE; UIDs are asked for by UID FETCH.",
                ja: "番号が存在しないメッセージを指しています。メッセージ番号は 1 から EXISTS の数までで、EXPUNGE のたびに詰まります。UID で求めるときは UID FETCH を使います。")),
        RefusalMeaning(
            "read-only", .client, responseCodes: ["READ-ONLY"],
            says: ["read-only", "read only", "readonly", "examine"],
            isPlain: false,
            Words(
                "The mailbox was opened to be read only, by EXAMINE, or may not be changed by this user.",
                ja: "メールボックスは EXAMINE で読み取り専用に開かれているか、このユーザーには変更が許可されていません。")),
        RefusalMeaning(
            "namespace", .client, says: ["namespace", "prefix", "should probably be", "personal mailbox"],
            isPlain: false,
            Words(
                "Names of mailboxes begin with a prefix on this server, as its answer to NAMESPACE or LIST shows. The client has to put that before the name.",
                ja: "このサーバーのメールボックス名には、NAMESPACE や LIST の応答が示す接頭辞が付きます。クライアントは名前の前にそれを付ける必要があります。")),
        RefusalMeaning(
            "tls-required", .client, responseCodes: ["PRIVACYREQUIRED"],
            says: ["plaintext authentication disallowed", "logindisabled", "starttls", "encryption", "ssl/tls"],
            Words(
                "The server wants TLS before a login. Turn on STARTTLS, or use port 993.",
                ja: "サーバーはログイン前に TLS を求めています。STARTTLS を有効にするか、ポート 993 を使ってください。")),
        RefusalMeaning(
            "login-failed", .client, responseCodes: ["AUTHENTICATIONFAILED", "EXPIRED", "AUTHORIZATIONFAILED"],
            isPlain: false,
            Words(
                "The server did not accept this user name and password (or token). Check both; some providers want a password made for this program, or OAuth.",
                ja: "サーバーはこのユーザー名とパスワード(またはトークン)を受け付けませんでした。両方を確認してください。アプリ専用パスワードや OAuth を求める事業者もあります。")),
        RefusalMeaning(
            "expunged-meanwhile", .none, responseCodes: ["EXPUNGEISSUED"],
            Words(
                "Another session has removed some of these messages; the server may not tell of it in the middle of this command (RFC 5530 §3). The client asks for NOOP, hears of it, and goes on.",
                ja: "別のセッションがこれらのメールの一部を削除しました。サーバーはこのコマンドの途中ではそれを伝えられません(RFC 5530 §3)。クライアントは NOOP で知らせを受けて続行できます。")),
        RefusalMeaning(
            "traffic-limit", .none, says: ["bandwidth limit", "command or bandwidth", "download limit", "daily limit"],
            Words(
                "The account has moved as much mail by IMAP as the provider allows for a day. Wait, and let the client keep what it has fetched instead of fetching it again.",
                ja: "このアカウントは IMAP で 1 日に許される転送量を使い切りました。時間をおき、取得済みのメールを再取得しないようにしてください。")),
        RefusalMeaning(
            "id-wanted", .server, says: ["unsafe login"],
            Words(
                "This provider serves only clients that have told their name with the command ID. RFC 2971 forbids a server to make anything depend on that; let the client send ID behind the login, or use one that does.",
                ja:
                    "この事業者は、ID コマンドで名前を伝えたクライアントにしか応じません。RFC 2971 はサーバーが動作を ID に依存させることを禁じています。ログイン後に ID を送るか、送るクライアントを使ってください。"
            )),
        RefusalMeaning(
            "over-quota", .none, responseCodes: ["OVERQUOTA"], says: ["quota"],
            Words(
                "The mailbox is full. Its owner has to make room.",
                ja: "メールボックスが一杯です。利用者が整理する必要があります。")),
        RefusalMeaning(
            "no-such-mailbox", .client, responseCodes: ["NONEXISTENT", "TRYCREATE"],
            says: [
                "doesn't exist", "does not exist", "no such mailbox", "mailbox not found", "unknown mailbox",
                "nonexistent",
            ],
            isPlain: false,
            Words(
                "There is no mailbox of this name. The client has to take names from LIST, or CREATE it first.",
                ja: "この名前のメールボックスはありません。LIST の名前を使うか、先に CREATE する必要があります。")),
        RefusalMeaning(
            "too-many", .client, responseCodes: ["LIMIT"],
            says: ["too many", "maximum number of connections", "rate limit"],
            Words(
                "The client wants more at once than this server allows. Use fewer connections, or smaller requests.",
                ja: "クライアントの要求がサーバーの上限を超えています。接続数や要求の大きさを減らしてください。")),
        RefusalMeaning(
            "server-trouble", .server,
            responseCodes: ["UNAVAILABLE", "SERVERBUG", "CONTACTADMIN", "CORRUPTION", "INUSE"],
            says: ["internal error", "temporary", "unavailable"],
            Words(
                "The server has trouble of its own. Try again later, and tell who runs it.",
                ja: "サーバー側に障害があります。後で再試行し、管理者に知らせてください。")),
        RefusalMeaning(
            "not-permitted", .none, responseCodes: ["NOPERM", "CANNOT", "READ-ONLY"],
            says: ["permission", "not permitted", "access denied", "read-only"],
            Words("This user may not do that.", ja: "このユーザーにはその操作が許可されていません。")),
        RefusalMeaning(
            "login-failed", .client, verbs: ["LOGIN", "AUTHENTICATE"], codes: ["NO"],
            isPlain: false,
            Words(
                "The server did not accept this login. Check user name and password.",
                ja: "サーバーはこのログインを受け付けませんでした。ユーザー名とパスワードを確認してください。")),
        RefusalMeaning(
            "charset", .client, responseCodes: ["BADCHARSET"],
            Words(
                "The server does not know the charset of this search; the code may list those that it knows. The client has to ask again in one of them, US-ASCII above all.",
                ja: "サーバーはこの検索の文字集合を知りません(応答コードに対応するものが並ぶことがあります)。クライアントは US-ASCII など対応するもので検索し直す必要があります。")),
        RefusalMeaning(
            "login-form", .client, verbs: ["LOGIN"], codes: ["BAD"],
            isPlain: false,
            Words(
                "BAD is about the form of LOGIN and not about the password: a user name or password with blanks or special characters has to stand in quotes, or in a literal.",
                ja: "BAD はパスワードではなく LOGIN の書式が誤りであることを示します。空白や記号を含むユーザー名やパスワードは、引用符で囲むかリテラルで送る必要があります。")),
        RefusalMeaning(
            "unknown-command", .client, codes: ["BAD"], responseCodes: ["CLIENTBUG"],
            isPlain: false,
            Words(
                "The server could not read this command, does not know it, or not at this time. It has to be mended in the client.",
                ja: "サーバーはこのコマンドを解釈できないか、知らないか、この段階では受け付けません。クライアント側で直す必要があります。")),
        RefusalMeaning(
            "refused", .none,
            isPlain: false,
            Words("The server does not want it; its text says why.", ja: "サーバーは拒否しました。理由は応答の文面にあります。")),
    ]
}
