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

    private static let smtpSender: [RefusalMeaning] = [
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

    private static let smtpPolicy: [RefusalMeaning] = [
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
            "spam", .message, says: ["spam", "unsolicited", "junk mail", "bulk mail", "phish", "content rejected"],
            Words(
                "The server takes the message for unwanted mail by what stands in it or by who sends it. Look at its content and at the reputation of the sender.",
                ja: "サーバーは内容または送信元からメッセージを迷惑メールと判断しました。内容と送信元の評判を確認してください。")),
    ]

    private static let smtpRoom: [RefusalMeaning] = [
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

    private static let smtpRecipient: [RefusalMeaning] = [
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
