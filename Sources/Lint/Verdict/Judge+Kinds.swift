import Conversation

/// What kinds of findings there are to a judge, by their rules.
extension Judge {
    /// About the form of one command.
    static func isFormal(_ finding: Finding) -> Bool {
        let name = finding.rule.split(separator: ".").last.map(String.init) ?? ""
        return formal.contains(name) || name.hasPrefix("helo-") || name.hasPrefix("path-")
    }

    static let formal: Set<String> = [
        "mail-from-space", "local-alias", "source-route", "auth-mech-not-offered", "auth-bad-base64", "param-value",
        "param-not-offered", "param-after-helo", "verb-not-offered", "trailing-space", "args-forbidden",
        "utf8-envelope", "unknown-verb", "command-too-long", "spaces", "too-long", "capability-unlisted",
        "auth-ir-unlisted", "quoted", "spacing", "syntax", "mutf7", "tag-syntax",
    ]

    /// What a reader of the message sees first of all: other characters than were meant.
    static func garbles(_ finding: Finding) -> Bool {
        ["msg.header-raw-jis", "msg.charset-missing", "msg.charset-mismatch", "msg.double-encoded"].contains(
            finding.rule)
            || finding.rule.hasPrefix("msg.iso2022jp-")
    }

    static func isFraming(_ finding: Finding) -> Bool {
        guard finding.severity == .error, let name = finding.rule.split(separator: ".").last else { return false }
        return framing.contains(String(name))
    }

    static let framing: Set<String> = [
        "bare-lf", "bare-cr", "line-end", "lax-end-of-data", "unstuffed-dot", "bdat-count", "literal-count",
        "literal-no-wait", "no-terminator", "double-reply", "bad-code", "indicator", "wrong-protocol",
        "end-dot-not-alone", "no-end-of-data", "next-before-end-reply", "lines-as-replies", "client-unfinished-line",
        "server-unfinished-line", "data-after-starttls", "begun-though-refused", "multiline-code-mismatch",
        "multiline-unfinished", "listing-for-one", "missing-body", "bdat-no-last", "bdat-not-skipped",
        "done-without-idle", "literal-unlisted", "stuffed-dot-end",
        "auth-wrapped",
    ]

    /// Rules about what a client makes of a refusal, or of an answer that it did not expect.
    static func isReaction(_ finding: Finding) -> Bool {
        ignoring.contains(finding.rule) && finding.severity > .note
            || finding.rule == "smtp.client.repeat-after-5yz" && finding.severity == .error
    }

    static let ignoring: Set<String> = [
        "smtp.client.ignores-reply", "smtp.client.data-without-354", "pop3.client.ignores-err",
        "imap.client.ignores-no", "imap.client.literal-after-no", "smtp.client.abandons-accepted",
        "smtp.client.gives-up-on-252", "smtp.client.auth-abandoned", "smtp.client.talks-after-421",
        "pop3.client.gives-up", "pop3.client.repeats-login", "pop3.client.waits-for-listing",
        "smtp.client.lmtp-one-reply",
    ]

    /// Rules about a client that could have gone on well after a refusal, which it was told for a good reason or for none.
    static func answersARefusal(_ finding: Finding) -> Bool {
        finding.severity > .note
            && ["smtp.client.no-helo-fallback", "tls.begun-though-refused", "smtp.client.lmtp-waits"].contains(
                finding.rule)
    }

    /// Rules that explain what a refusal with this meaning comes from, wherever in the session they were broken.
    static let explaining: [String: Set<String>] = [
        "refused.login-required": ["smtp.server.auth-equals"],
        "refused.too-many-errors": ["smtp.client.repeat-after-5yz"],
        "refused.timeout": ["pop3.server.autologout-short", "smtp.server.idle-cut"],
        "refused.out-of-order": ["tls.no-new-ehlo", "smtp.client.no-hello", "smtp.server.hello-again-refused"],
        "refused.refused": ["smtp.client.pregreet"],
        "refused.too-big": ["smtp.client.size-unknown"],
    ]
}

/// How near a finding is to what makes a session fail, the nearest first.
enum Matter: Comparable {
    /// How the peers talk.
    case conversation
    /// What they carry.
    case message
    /// What is at risk though all goes through.
    case hygiene

    init(_ finding: Finding) {
        switch finding.rule {
        case let id where id.hasPrefix("msg."): self = .message
        case "tls.password-clear", "tls.not-used-though-offered", "tls.auth-offered-clear", "tls.weak-auth-clear",
            "tls.mail-clear", "tls.version", "tls.no-sni", "tls.no-close-notify", "tls.secret-in-log",
            "pop3.client.apop-used", "imap.server.preauth-clear", "http.client.password-clear", "smtp.client.no-quit",
            "pop3.client.no-quit", "imap.client.no-logout", "any.half-session":
            self = .hygiene
        default: self = .conversation
        }
    }
}
