import Wire

/// Makes the conversations by which the rules about messages show what they mean.
enum SampleMail {
    /// A message as lines of a transcript have it; nil leaves a field out.
    static func mail(
        from: String? = "Alice <alice@example.com>", to: String? = "Bob <bob@example.net>",
        subject: String? = "Minutes of the meeting", date: String? = "Tue, 4 Mar 2025 10:20:30 +0900",
        id: String? = "<20250304102030.1@example.com>", version: String? = "1.0",
        type: String? = "text/plain; charset=utf-8", encoding: String? = nil, more: [String] = [],
        body: [String] = ["See you on Friday."]
    ) -> [String] {
        let fields: [(String, String?)] = [
            ("From", from), ("To", to), ("Subject", subject), ("Date", date), ("Message-ID", id),
            ("MIME-Version", version), ("Content-Type", type), ("Content-Transfer-Encoding", encoding),
        ]
        return fields.compactMap { name, value in value.map { "\(name): \($0)" } } + more + [""] + body
    }

    /// The author's program hands it in.
    static func submitted(
        _ mail: [String], from: String = "alice@example.com", to: [String] = ["bob@example.net"],
        parameters: String = "", wait: Int? = nil
    ) -> String {
        var lines = ["protocol: smtp"]
        if let wait { lines.append("wait: \(wait)") }
        lines += ["S: 220 mx.example.net ESMTP", "C: EHLO client.example.com", "S: 250-mx.example.net"]
        lines += ["S: 250-SMTPUTF8", "S: 250 8BITMIME", "C: MAIL FROM:<\(from)>\(parameters)", "S: 250 ok"]
        for path in to { lines += ["C: RCPT TO:<\(path)>", "S: 250 ok"] }
        lines += ["C: DATA", "S: 354 go ahead"] + mail.map { "C: " + ($0.hasPrefix(".") ? "." + $0 : $0) }
        lines += ["C: .", "S: 250 queued", "C: QUIT", "S: 221 bye"]
        return lines.joined(separator: "\n")
    }

    /// It comes out of a mailbox, after its journey.
    static func fetched(_ mail: [String]) -> String {
        let trace = "Received: from client.example.com by mx.example.net; Tue, 4 Mar 2025 01:20:31 +0000"
        return kept([trace] + mail)
    }

    /// It comes out of a mailbox.
    static func kept(_ mail: [String]) -> String {
        let octets = mail.reduce(0) { $0 + count($1) }
        var lines = ["protocol: imap", "tls server start=implicit", "tls client start=implicit"]
        lines += ["S: * PREAUTH [CAPABILITY IMAP4rev1] ready", "C: a1 SELECT INBOX", "S: * FLAGS (\\Seen)"]
        lines += ["S: * 1 EXISTS", "S: * 0 RECENT", "S: * OK [UIDVALIDITY 1] ok", "S: a1 OK [READ-WRITE] selected"]
        lines += ["C: a2 FETCH 1 BODY.PEEK[]", "S: * 1 FETCH (BODY[] {\(octets)}"] + mail.map { "S: " + $0 }
        lines += ["S: )", "S: a2 OK done", "C: a3 LOGOUT", "S: * BYE", "S: a3 OK bye"]
        return lines.joined(separator: "\n")
    }

    /// It comes out of a mailbox by POP3.
    static func collected(_ mail: [String]) -> String {
        var lines = ["protocol: pop3", "tls server start=implicit", "tls client start=implicit", "S: +OK ready"]
        lines += ["C: USER bob", "S: +OK", "C: PASS «secret»", "S: +OK", "C: RETR 1", "S: +OK"]
        lines += mail.map { "S: " + ($0.hasPrefix(".") ? "." + $0 : $0) } + ["S: .", "C: QUIT", "S: +OK bye"]
        return lines.joined(separator: "\n")
    }

    /// The octets of a line of a transcript.
    private static func count(_ line: String) -> Int {
        let isCut = line.hasSuffix("\\c")
        var octets = isCut ? 0 : 2
        var rest = (isCut ? line.dropLast(2) : line[...]).utf8[...]
        while let byte = rest.popFirst() {
            if byte == 0x5C, rest.first == 0x78 { rest = rest.dropFirst(3) }
            octets += 1
        }
        return octets
    }
}
