import Wire

extension TLSAlert {
    /// The alert that the peer sent, from the text of the error that BoringSSL makes of it, as in
    /// `error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA`. It is fatal; others are no error.
    ///
    /// - Returns: nil where the text tells of no alert, but of what BoringSSL itself found wrong, for example.
    public init?(reason: String) {
        guard let code = Self.code(in: reason) else { return nil }
        self.init(level: 2, code: code)
    }

    /// What BoringSSL adds to the number of an alert to get that of an error (`SSL_AD_REASON_OFFSET`).
    private static let reasonOffset = 1000

    private static func code(in text: String) -> UInt8? {
        let words = text.utf8.split { !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "_") }
        var isReason = false
        for word in words.map({ String(Substring($0)) }) {
            if let code = code(named: word) { return code }
            // An alert that BoringSSL has no name for, such as `reason(1109)`.
            if isReason, let number = Int(word), let code = UInt8(exactly: number - reasonOffset) { return code }
            isReason = word == "reason"
        }
        return nil
    }

    /// `word` is `SSLV3_ALERT_` or, for alerts that came later, `TLSV1_ALERT_` and a name.
    private static func code(named word: String) -> UInt8? {
        guard word.hasPrefix("TLSV1_ALERT_") || word.hasPrefix("SSLV3_ALERT_") else { return nil }
        return codes[String(word.dropFirst("TLSV1_ALERT_".count))]
    }

    private static let codes: [String: UInt8] = {
        var codes: [String: UInt8] = [:]
        for (code, name) in names { codes[name.uppercased()] = code }
        // BoringSSL spells this one in its own way.
        codes["USER_CANCELLED"] = codes["USER_CANCELED"]
        return codes
    }()
}
