/// RFC 5321 §4.2.3, RFC 3463 §3, RFC 4954 §6, and what servers are seen to say.
extension RefusalMeaning {
    static let lmtp: [RefusalMeaning] = [
        RefusalMeaning(
            "lmtp", .client, verbs: ["EHLO", "HELO"],
            Words(
                "This server speaks LMTP (RFC 2033 §4.1), where a client says hello by LHLO: it was reached by a client of SMTP. Check the port, or set the client to LMTP.",
                ja: "このサーバーは LMTP(RFC 2033 §4.1)を話し、挨拶は LHLO です。SMTP のクライアントが接続しました。ポートを確認するか、クライアントを LMTP に設定してください。"))
    ]

    static let smtp: [RefusalMeaning] = [
        RefusalMeaning(
            "timeout", .client, enhanced: ["4.2"], says: ["timeout", "timed out", "idle for too long", "inactivity"],
            isPlain: false,
            Words(
                "The server waited for the client, and its time is up. Either the client had nothing to say for so long, or it took something for said that for the server was not.",
                ja: "サーバーはクライアントを待ち、時間切れになりました。クライアントが長く何も送らなかったか、送ったつもりのものがサーバーには届いていない形だったかのどちらかです。")),
        RefusalMeaning(
            "busy", .none, codes: ["421"], says: ["too many connections", "too many concurrent"],
            Words(
                "The server has no room for this connection now, or is going down; it may say so at any time. Try again later, with fewer connections at once.",
                ja: "サーバーが混み合っているか、停止しようとしています。これはいつ言ってもかまいません。同時接続を減らし、時間を置いて再試行してください。")),
        RefusalMeaning(
            "greylisted", .none, says: ["greylist", "greylisted", "graylist", "try again in", "temporarily deferred"],
            temporary: true,
            Words(
                "The server puts off mail from senders that it does not know yet (greylisting). The client has to keep the message and try again after some minutes.",
                ja: "サーバーは初めての送信元からのメールをいったん保留します(グレイリスティング)。クライアントはメッセージを残しておき、数分後に再送する必要があります。")),
        RefusalMeaning(
            "tls-required", .client, enhanced: ["7.10"],
            says: [
                "must issue a starttls", "starttls first", "requires tls", "tls required", "encryption required",
                "must use tls", "starttls is required", "need starttls",
            ],
            Words(
                "The server wants TLS before this command. Turn on STARTTLS in the client.",
                ja: "サーバーはこのコマンドの前に TLS を求めています。クライアントで STARTTLS を有効にしてください。")),
        RefusalMeaning(
            "login-failed", .client, verbs: ["AUTH"], codes: ["535"], enhanced: ["7.8"],
            says: [
                "authentication failed", "invalid credentials", "username and password not accepted",
                "bad username or password", "incorrect authentication",
            ],
            isPlain: false,
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
                "authentication required", "not logged in", "must authenticate", "auth required", "log in first",
                "not authenticated", "smtp auth",
            ],
            Words(
                "The server takes this mail only after a login. Set user name and password for sending in the client, or send by the submission port 587 or 465.",
                ja: "サーバーはログイン後でなければこのメールを受け付けません。クライアントに送信用のユーザー名とパスワードを設定するか、投稿用ポート 587 または 465 を使ってください。")),
        RefusalMeaning(
            "hello-name", .client, says: ["helo", "ehlo", "fully-qualified hostname", "fully qualified hostname"],
            isPlain: false,
            Words(
                "The server does not like the name that the client gave in EHLO or HELO. Give the full name of the machine, or its address in brackets.",
                ja: "サーバーは EHLO/HELO で名乗られた名前を受け入れませんでした。完全なホスト名か、角括弧付きのアドレスを名乗ってください。")),
        RefusalMeaning(
            "parameter", .client, codes: ["555"], says: ["parameter", "unsupported option"],
            isPlain: false,
            Words(
                "The server does not know a parameter of this command. Only those may be used that its answer to EHLO offers.",
                ja: "サーバーはこのコマンドの引数を知りません。EHLO の応答で提示されたものだけを使えます。")),
        RefusalMeaning(
            "syntax", .client, codes: ["501"], enhanced: ["5.2", "1.3"],
            isPlain: false,
            Words(
                "The server could not read this command. Its spelling has to be mended in the client.",
                ja: "サーバーはこのコマンドを解釈できませんでした。クライアント側で書式を直す必要があります。")),
        RefusalMeaning(
            "unknown-command", .client, codes: ["500", "502"],
            says: ["unrecognized", "not recognized", "unknown command", "not implemented"],
            isPlain: false,
            Words(
                "The server does not know this command. Only what its answer to EHLO offers may be used.",
                ja: "サーバーはこのコマンドを知りません。EHLO の応答で提示されたものだけを使えます。")),
        RefusalMeaning(
            "out-of-order", .client, codes: ["503"],
            says: ["bad sequence", "need mail", "need rcpt", "polite people say hello", "out of sequence"],
            isPlain: false,
            Words(
                "The client said this command at the wrong time. The order is EHLO, MAIL, RCPT, DATA.",
                ja: "クライアントがこのコマンドを誤った順序で送りました。順序は EHLO、MAIL、RCPT、DATA です。")),
        RefusalMeaning(
            "relay-denied", .client, verbs: ["RCPT", "MAIL", "."],
            says: ["relay", "not permitted to send", "unauthenticated", "does not accept mail for", "not local"],
            Words(
                "The server does not carry mail to that domain for strangers. Log in before sending, or send by the server that is responsible for the recipient.",
                ja: "サーバーは見知らぬ相手のためにそのドメインへ中継しません。送信前にログインするか、宛先を受け持つサーバーへ送ってください。")),
        RefusalMeaning(
            "unknown-recipient", .none, verbs: ["RCPT", "."], enhanced: ["1.1", "1.2", "1.0", "1.6", "1.10"],
            says: [
                "user unknown", "unknown user", "no such user", "does not exist", "mailbox unavailable",
                "unknown recipient", "recipient unknown", "recipient address rejected", "no mailbox here",
                "mailbox not found", "invalid recipient", "unrouteable address", "no such recipient", "address unknown",
                "no such person",
            ],
            temporary: false,
            Words(
                "There is no such mailbox there. Check the address.",
                ja: "その宛先のメールボックスはありません。アドレスを確認してください。")),
        RefusalMeaning(
            "mailbox-full", .none, verbs: ["RCPT", "MAIL", "DATA", "."], enhanced: ["2.2"],
            says: ["quota", "mailbox full", "mailbox is full", "over quota"],
            Words(
                "The recipient's mailbox is full. Only the recipient can mend that.",
                ja: "宛先のメールボックスが一杯です。受信者が整理するほかありません。")),
        RefusalMeaning(
            "too-big", .none, enhanced: ["3.4", "2.3"],
            says: ["too large", "too big", "exceeds", "size limit", "maximum message size", "message size"],
            Words(
                "The message is bigger than this server takes. The limit stands behind SIZE in its answer to EHLO.",
                ja: "メッセージがこのサーバーの上限を超えています。上限は EHLO の応答の SIZE に示されています。")),
        RefusalMeaning(
            "too-many-recipients", .none, verbs: ["RCPT"], enhanced: ["5.3"], says: ["too many recipients"],
            Words(
                "The server takes no more recipients for this message. Send to those accepted, then the rest in another transaction.",
                ja: "このメッセージの宛先数が上限に達しました。受け付けられた宛先へ送ったあと、残りを別のトランザクションで送ってください。")),
        RefusalMeaning(
            "disk-full", .server, codes: ["452"], enhanced: ["3.1"],
            says: ["insufficient system storage", "disk full", "no space", "insufficient disk"],
            Words(
                "The server is short of room for now. Try again later, and tell who runs it.",
                ja: "サーバーの空き容量が足りません。後で再送し、管理者に知らせてください。")),
        RefusalMeaning(
            "rate-limit", .none,
            says: [
                "rate limit", "rate-limit", "rate exceeded", "too many messages", "too fast", "throttl",
                "sending limit",
            ],
            Words(
                "The client sends more or faster than this server allows. Slow down and try again later.",
                ja: "送信の量または速さがサーバーの上限を超えています。間隔をあけて再送してください。")),
        RefusalMeaning(
            "policy", .none, enhanced: ["7.23", "7.24", "7.25", "7.26", "7.27"],
            says: [
                "spf", "dkim", "dmarc", "spam", "blocklist", "blacklist", "blocked", "dnsbl", "rbl", "reputation",
                "listed", "policy", "ptr record", "reverse dns", "virus",
            ],
            isPlain: false,
            Words(
                "The server does not want this mail by its own rules (spam, reputation, SPF, DKIM or DMARC); its text says which. Ask who runs it, or mend the sending side's DNS.",
                ja: "サーバーの方針(迷惑メール、評判、SPF、DKIM、DMARC など)により拒否されました。応答の文面が理由を示します。相手の管理者に問い合わせるか、送信側の DNS を直してください。")),
        RefusalMeaning(
            "sender", .client, verbs: ["MAIL"], enhanced: ["1.7", "1.8", "7.60"],
            says: [
                "sender address rejected", "sender rejected", "not owned by user", "sender verify", "domain not found",
                "invalid sender",
            ],
            Words(
                "The server does not take this sender. Use an address that belongs to the account, in a domain that exists.",
                ja: "サーバーはこの差出人を受け付けません。アカウントに属し、実在するドメインのアドレスを使ってください。")),
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
