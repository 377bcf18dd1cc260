/// Why an SMTP server does not want a mail: who sends it, what it is, what there is no room for, and who it is for.
extension RefusalMeaning {
    static let smtpSender: [RefusalMeaning] = [
        RefusalMeaning(
            "sender-not-yours", .client, enhanced: ["7.60", "7.64"],
            says: [
                "not owned by", "sendasdenied", "send as this sender", "not allowed to send as",
                "permissions to send as", "not permitted to send as", "must match authenticated", "must be same as",
                "does not match authenticated", "does not match the authenticated", "not match the login",
                "sender is not allowed", "sender not allowed", "not authorized to send", "not authorised to send",
                "not allowed to use this", "address is not verified", "email address is not verified",
                "sender mismatch", "authenticated user", "belongs to another", "cannot send as", "user mismatch",
                "identity mismatch", "not authorized to use", "envelope sender",
            ],
            Words(
                "The user that the client logged in as may not send in the name of this sender. Use an address that belongs to the account, and put the other one, where answers should go, into Reply-To.",
                ja: "ログインしたユーザーには、この差出人を名乗って送る権利がありません。アカウントのアドレスを差出人に使い、返信先にしたいアドレスは Reply-To に書いてください。")),
        RefusalMeaning(
            "from-header", .message, verbs: [".", "BDAT"],
            says: [
                "from header", "header from", "from: header", "from address", "5322.from", "unknown sender address",
                "sender address", "from field", "invalid sender", "'from'",
            ],
            Words(
                "The server does not take the message for the sender that stands in it, in the From field; the one in MAIL FROM it had taken. From has to be an address that this account may use.",
                ja: "サーバーは、メッセージの From 欄にある差出人を理由に拒否しました(MAIL FROM は受け付けられています)。From には、このアカウントで使えるアドレスを書く必要があります。")),
        RefusalMeaning(
            "sender-domain", .client, verbs: ["MAIL", "RCPT", ".", "BDAT"], enhanced: ["1.8", "7.27", "4.4"],
            says: [
                "sender address rejected: domain", "domain of sender", "sender domain", "domain not found",
                "domain does not exist", "does not resolve", "not resolve", "could not resolve", "no mx",
                "unresolvable", "sender verify failed", "sender verification", "unrouteable sender", "invalid domain",
                "cannot resolve", "can't resolve", "domain name does not exist",
            ],
            Words(
                "The domain of the sender cannot be found in the DNS, or takes no answers. Use a sender in a domain that exists and receives mail.",
                ja: "差出人のドメインが DNS で見つからないか、返信を受け取れません。実在し、メールを受け取れるドメインの差出人を使ってください。")),
        RefusalMeaning(
            "sender", .client, verbs: ["MAIL", "RCPT"], enhanced: ["1.7"],
            says: ["sender address rejected", "sender rejected", "sender denied", "invalid sender", "bad sender"],
            isPlain: false,
            Words(
                "The server does not take this sender. Use an address that belongs to the account, in a domain that exists.",
                ja: "サーバーはこの差出人を受け付けません。アカウントに属し、実在するドメインのアドレスを使ってください。")),
    ]

    static let smtpPolicy: [RefusalMeaning] = [
        RefusalMeaning(
            "mail-loop", .none, verbs: [".", "BDAT", "RCPT", "DATA"], enhanced: ["4.6"],
            says: ["too many hops", "mail loop", "loops back", "routing loop", "forwarding loop", "too many received"],
            Words(
                "The mail goes round in a circle: servers pass it on to each other, each of them taking another for the one that keeps the mailbox. Look in its Received lines for the names that come again, and mend where those forward to.",
                ja:
                    "メールがサーバーの間を巡回しています。どのサーバーも、別のサーバーが宛先のメールボックスを持つと思って転送しています。Received 行に繰り返し現れる名前を調べ、その転送先の設定を直してください。"
            )),
        RefusalMeaning(
            "dmarc", .message, verbs: [".", "BDAT"], says: ["dmarc"],
            Words(
                "The domain in From forbids by DMARC that others send in its name, and neither SPF nor DKIM vouches for this mail. Put an address of the sending site into From, and the one that answers should go to into Reply-To; or have the mail signed by the domain in From.",
                ja:
                    "From のドメインは DMARC により第三者の送信を禁じており、SPF も DKIM もこのメールを裏づけていません。From には送信元のサイトのアドレスを、返信先は Reply-To に書くか、From のドメインで署名してください。"
            )),
        RefusalMeaning(
            "sender-authentication", .client,
            enhanced: ["7.20", "7.21", "7.22", "7.23", "7.24", "7.26", "7.29", "7.30", "7.509", "7.515"],
            says: [
                "spf", "dkim", "dmarc", "sender is unauthenticated", "unauthenticated email", "openspf",
                "sender policy framework", "is not allowed to send mail from", "not authorized to send mail",
            ],
            Words(
                "What the sender's domain says in the DNS about who may send for it (SPF, DKIM, DMARC) speaks against this machine or this message. Mend the domain's records, sign the mail, or send by the server that the domain names.",
                ja:
                    "差出人のドメインが DNS で公開している送信者の条件(SPF、DKIM、DMARC)に、この送信元またはメッセージが合いません。レコードを直すか、署名するか、ドメインが指定するサーバーから送ってください。"
            )),
        RefusalMeaning(
            "reverse-dns", .client, enhanced: ["7.25"],
            says: [
                "ptr record", "ptr", "reverse dns", "rdns", "reverse lookup", "reverse hostname", "reverse name",
                "no reverse", "reverse-dns", "cannot find your hostname", "unable to verify your hostname",
                "client host rejected: cannot find", "fcrdns", "dynamic ip", "dynamic address", "generic hostname",
                "residential",
            ],
            Words(
                "The server takes no mail from an address without a proper name in the reverse DNS (PTR). Have the network give the machine one, or send by the provider's server.",
                ja: "サーバーは、逆引き DNS(PTR)に正しい名前のないアドレスからのメールを受け取りません。回線の管理者に設定を依頼するか、プロバイダーのサーバーから送ってください。")),
        RefusalMeaning(
            "blocklist-misread", .server,
            says: ["open resolver", "public resolver", "127.255.255.", "excessive number of queries"],
            Words(
                "The server takes an error of the block list for an entry: the list does not answer queries that come through a public resolver, or too many of them. The sending address need not be listed at all. Whoever runs the server has to ask the list by a resolver of his own.",
                ja:
                    "サーバーはブロックリストのエラー応答を登録と取り違えています。リストは公開リゾルバー経由や多すぎる問い合わせには答えません。送信元は登録されていない可能性があります。サーバーの管理者が自前のリゾルバーを使う必要があります。"
            )),
        RefusalMeaning(
            "blocklisted", .none,
            says: [
                "spamhaus", "spamcop", "barracuda", "sorbs", "blocklist", "block list", "blacklist", "black list",
                "dnsbl", "rbl", "reputation", "is listed", "listed at", "listed in", "listed by", "blocked using",
                "bad dns reputation", "ip address has been blocked", "banned", "denylist", "deny list",
            ],
            Words(
                "The sending address, or a domain in the mail, stands on a list of sources of spam. Find out why, and have it taken off by the list that the server names.",
                ja: "送信元のアドレス、またはメール中のドメインが、迷惑メール送信元の一覧に載っています。原因を調べ、応答にある一覧の運営者に解除を依頼してください。")),
        RefusalMeaning(
            "virus", .message, says: ["virus", "malware", "infected", "clamav", "eicar"],
            Words(
                "The server found a virus in the message, or what looks like one.", ja: "サーバーはメッセージにウイルスらしきものを検出しました。")),
        RefusalMeaning(
            "attachment", .message,
            says: [
                "attachment", "file type", "filename", "file extension", "executable", "security issue",
                "potential security", "banned content", "file name", "content-type not", "blocked because its content",
                ".exe", ".zip", "content presents",
            ],
            Words(
                "The server does not take what is attached to the message: a kind of file that it thinks dangerous. Send it in another form, or as a link.",
                ja: "メッセージの添付ファイルが、危険な種類として拒否されました。別の形式にするか、リンクで送ってください。")),
        RefusalMeaning(
            "spam", .none, says: ["spam", "unsolicited", "junk mail", "bulk mail", "phish", "content rejected"],
            Words(
                "The server takes the message for unwanted mail by what stands in it or by who sends it. Look at its content and at the reputation of the sender.",
                ja: "サーバーは内容または送信元からメッセージを迷惑メールと判断しました。内容と送信元の評判を確認してください。")),
    ]

    static let smtpRoom: [RefusalMeaning] = [
        RefusalMeaning(
            "too-big", .none, enhanced: ["3.4", "2.3"],
            says: [
                "too large", "too big", "exceeds fixed", "size limit", "maximum message size", "message size",
                "exceeds maximum", "exceeds the maximum", "size exceeds", "exceeds size", "larger than",
            ],
            Words(
                "The message is bigger than this server takes. The limit stands behind SIZE in its answer to EHLO.",
                ja: "メッセージがこのサーバーの上限を超えています。上限は EHLO の応答の SIZE に示されています。")),
        RefusalMeaning(
            "line-too-long", .client,
            says: ["line too long", "line is too long", "line length", "maximum line", "lines too long"],
            isPlain: false,
            Words(
                "A line is longer than the server takes: 998 octets in a message and 510 in a command may be counted on.",
                ja: "サーバーの上限を超える長さの行があります。確実に通るのは、本文で 998 オクテット、コマンドで 510 オクテットまでです。")),
        RefusalMeaning(
            "too-many-recipients", .none, verbs: ["RCPT", "DATA", "."], enhanced: ["5.3"],
            says: ["too many recipients", "recipients per", "maximum recipients", "too many rcpt"],
            Words(
                "The server takes no more recipients for this message. Send to those accepted, then the rest in another transaction.",
                ja: "このメッセージの宛先数が上限に達しました。受け付けられた宛先へ送ったあと、残りを別のトランザクションで送ってください。")),
        RefusalMeaning(
            "rate-limit", .none, enhanced: ["4.5", "7.28"],
            says: [
                "rate limit", "rate-limit", "ratelimit", "rate exceeded", "too many messages", "too fast", "throttl",
                "sending limit", "daily", "per hour", "per day", "hourly", "sending quota", "quota of messages",
                "limit exceeded", "exceeded the", "message limit", "too many emails", "too many mails",
                "unusual rate",
            ],
            Words(
                "The client sends more or faster than this server allows. Slow down and try again later.",
                ja: "送信の量または速さがサーバーの上限を超えています。間隔をあけて再送してください。")),
        RefusalMeaning(
            "mailbox-full", .none, verbs: ["RCPT", "MAIL", "DATA", ".", "BDAT"], enhanced: ["2.2"],
            says: [
                "quota", "mailbox full", "mailbox is full", "mailbox for user is full", "over quota",
                "mailbox has exceeded", "insufficient mailbox", "exceeded storage allocation",
            ],
            Words(
                "The recipient's mailbox is full. Only the recipient can mend that.",
                ja: "宛先のメールボックスが一杯です。受信者が整理するほかありません。")),
        RefusalMeaning(
            "disk-full", .server, enhanced: ["3.1"],
            says: [
                "insufficient system storage", "disk full", "no space", "insufficient disk", "insufficient storage",
                "not enough space", "low on disk", "out of disk",
            ],
            Words(
                "The server is short of room for now. Try again later, and tell who runs it.",
                ja: "サーバーの空き容量が足りません。後で再送し、管理者に知らせてください。")),
        RefusalMeaning(
            "server-trouble", .server, enhanced: ["3.5"],
            says: [
                "server configuration", "configuration problem", "configuration error", "misconfigur",
                "queue file write", "local error", "internal error", "internal server", "lookup failure",
                "lookup problem", "database", "system error", "temporary local problem", "local problem",
                "cannot open", "can't open", "i/o error", "read-only file", "ldap", "service unavailable",
                "unexpected failure", "program failure", "software error", "mail system error", "backend",
                "milter", "content filter", "scanner",
            ],
            Words(
                "The server has trouble of its own, and refuses what it would take otherwise. Who runs it has to look in its log; the client keeps the message and tries again later.",
                ja: "サーバー側に障害があり、本来なら受け付けるものを拒否しています。管理者がログを調べる必要があります。クライアントはメッセージを残し、後で再送してください。")),
    ]

    static let smtpRecipient: [RefusalMeaning] = [
        RefusalMeaning(
            "relay-denied", .client, verbs: ["RCPT", "MAIL", "DATA", "."],
            says: [
                "relay", "not permitted to send", "unauthenticated", "does not accept mail for", "not local",
                "not hosted here", "not a local", "rcpthosts", "no such domain at this location",
            ],
            Words(
                "The server does not carry mail to that domain for strangers. Log in before sending, or send by the server that is responsible for the recipient.",
                ja: "サーバーは見知らぬ相手のためにそのドメインへ中継しません。送信前にログインするか、宛先を受け持つサーバーへ送ってください。")),
        RefusalMeaning(
            "recipient-domain", .none, verbs: ["RCPT", "."], enhanced: ["1.2", "1.10"],
            says: [
                "recipient address rejected: domain", "host not found", "host or domain name not found", "nullmx",
                "null mx", "unrouteable address", "bad destination",
            ],
            Words(
                "The domain of the recipient cannot be found, or takes no mail. Check the part behind the @.",
                ja: "宛先のドメインが見つからないか、メールを受け取りません。アドレスの @ より後ろを確認してください。")),
        RefusalMeaning(
            "recipient-disabled", .none, verbs: ["RCPT", "."], enhanced: ["2.1", "1.6", "1.9"],
            says: [
                "account is disabled", "account disabled", "account has been disabled", "inactive", "suspended",
                "has moved", "no longer", "mailbox disabled", "not accepting messages", "deactivated",
            ],
            Words(
                "The recipient's mailbox is closed, or has moved. Ask for the address that is valid now.",
                ja: "宛先のメールボックスは閉じられたか移転しています。現在のアドレスを確認してください。")),
        RefusalMeaning(
            "unknown-recipient", .none, verbs: ["RCPT", "."], enhanced: ["1.1", "1.0", "7.17"],
            says: [
                "user unknown", "unknown user", "no such user", "does not exist", "doesn't exist",
                "mailbox unavailable", "unknown recipient", "recipient unknown", "no mailbox here",
                "mailbox not found", "invalid recipient", "no such recipient", "address unknown", "unknown address",
                "no such person", "not found", "no such mailbox", "user not known", "recipient not found",
                "unknown in", "unknown or illegal",
            ],
            temporary: false,
            Words(
                "There is no such mailbox there. Check the address.",
                ja: "その宛先のメールボックスはありません。アドレスを確認してください。")),
    ]
}
