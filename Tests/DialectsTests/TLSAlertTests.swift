import Dialects
import Testing

@Suite struct TLSAlertTests {
    /// The names of BoringSSL's errors, and the alerts they are made of (CNIOBoringSSL_ssl.h, `SSL_R_…`, less 1,000).
    @Test(
        arguments: [
            (0, "SSLV3_ALERT_CLOSE_NOTIFY"),
            (10, "SSLV3_ALERT_UNEXPECTED_MESSAGE"),
            (20, "SSLV3_ALERT_BAD_RECORD_MAC"),
            (21, "TLSV1_ALERT_DECRYPTION_FAILED"),
            (22, "TLSV1_ALERT_RECORD_OVERFLOW"),
            (30, "SSLV3_ALERT_DECOMPRESSION_FAILURE"),
            (40, "SSLV3_ALERT_HANDSHAKE_FAILURE"),
            (41, "SSLV3_ALERT_NO_CERTIFICATE"),
            (42, "SSLV3_ALERT_BAD_CERTIFICATE"),
            (43, "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE"),
            (44, "SSLV3_ALERT_CERTIFICATE_REVOKED"),
            (45, "SSLV3_ALERT_CERTIFICATE_EXPIRED"),
            (46, "SSLV3_ALERT_CERTIFICATE_UNKNOWN"),
            (47, "SSLV3_ALERT_ILLEGAL_PARAMETER"),
            (48, "TLSV1_ALERT_UNKNOWN_CA"),
            (49, "TLSV1_ALERT_ACCESS_DENIED"),
            (50, "TLSV1_ALERT_DECODE_ERROR"),
            (51, "TLSV1_ALERT_DECRYPT_ERROR"),
            (60, "TLSV1_ALERT_EXPORT_RESTRICTION"),
            (70, "TLSV1_ALERT_PROTOCOL_VERSION"),
            (71, "TLSV1_ALERT_INSUFFICIENT_SECURITY"),
            (80, "TLSV1_ALERT_INTERNAL_ERROR"),
            (86, "TLSV1_ALERT_INAPPROPRIATE_FALLBACK"),
            (90, "TLSV1_ALERT_USER_CANCELLED"),
            (100, "TLSV1_ALERT_NO_RENEGOTIATION"),
            (110, "TLSV1_ALERT_UNSUPPORTED_EXTENSION"),
            (111, "TLSV1_ALERT_CERTIFICATE_UNOBTAINABLE"),
            (112, "TLSV1_ALERT_UNRECOGNIZED_NAME"),
            (113, "TLSV1_ALERT_BAD_CERTIFICATE_STATUS_RESPONSE"),
            (114, "TLSV1_ALERT_BAD_CERTIFICATE_HASH_VALUE"),
            (115, "TLSV1_ALERT_UNKNOWN_PSK_IDENTITY"),
            (116, "TLSV1_ALERT_CERTIFICATE_REQUIRED"),
            (120, "TLSV1_ALERT_NO_APPLICATION_PROTOCOL"),
            (121, "TLSV1_ALERT_ECH_REQUIRED"),
        ] as [(UInt8, String)])
    func boringSSLNames(_ code: UInt8, _ reason: String) throws {
        let text = "error:10000418:SSL routines:OPENSSL_internal:\(reason) at /src/ssl/tls_record.cc:594"
        let alert = try #require(TLSAlert(reason: text))
        #expect(alert == TLSAlert(level: 2, code: code))
        let spelled = alert.name == "user_canceled" ? "USER_CANCELLED" : alert.name.uppercased()
        #expect(reason.dropFirst("TLSV1_ALERT_".count) == spelled)
    }

    /// As NIOSSL prints a whole stack of errors.
    @Test func theFirstAlertOfAStackCounts() {
        let text = """
            sslError([Error: 268436496 error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE at \
            /src/ssl/tls_record.cc:594, Error: 268435610 error:1000009a:SSL routines:OPENSSL_internal:\
            HANDSHAKE_FAILURE_ON_CLIENT_HELLO at /src/ssl/handshake.cc:592])
            """
        #expect(TLSAlert(reason: text)?.name == "handshake_failure")
    }

    @Test(arguments: [(1109, "missing_extension"), (1255, "alert 255"), (1000, "close_notify")])
    func alertsThatBoringSSLHasNoNameFor(_ number: Int, _ name: String) {
        #expect(TLSAlert(reason: "error:10000455:SSL routines:OPENSSL_internal:reason(\(number))")?.name == name)
    }

    @Test(arguments: [
        "", "CERTIFICATE_VERIFY_FAILED", "error:10000102:SSL routines:OPENSSL_internal:UNKNOWN_ALERT_TYPE",
        "TLSV1_ALERT_", "TLSV1_ALERT_UNKNOWN_CAT", "MY_TLSV1_ALERT_UNKNOWN_CA", "TLSV1_UNKNOWN_CA",
        "TLSV1_ALERT_unknown_ca",
        "reason(256)", "reason(999)", "reason(1256)", "reason(99999999999999999999)", "reason()", "1048 reason",
        "at tls_record.cc:1048",
        "ALERT_UNKNOWN_CA", "handshake failed: EOF",
    ])
    func textsThatTellOfNone(_ text: String) {
        #expect(TLSAlert(reason: text) == nil)
    }

    /// RFC 8446 §6.
    @Test(arguments: [(1, false), (2, true), (0, true), (255, true)] as [(UInt8, Bool)])
    func whatIsNoWarningIsFatal(_ level: UInt8, _ isFatal: Bool) {
        #expect(TLSAlert(level: level, code: 90).isFatal == isFatal)
    }

    @Test func theOtherNames() {
        #expect(TLSAlert(level: 2, code: 109).name == "missing_extension")
        #expect(TLSAlert(level: 2, code: 1).name == "alert 1")
        let named = (0...UInt8.max).map { TLSAlert(level: 2, code: $0).name }.filter { !$0.hasPrefix("alert ") }
        #expect(named.count == 35)
        #expect(Set(named).count == 35)
    }

    @Test func anUnknownAuthorityIsExplained() {
        let alert = TLSAlert(level: 2, code: 48)
        #expect(
            alert.means(by: .client) == """
                The client does not trust the authority that issued the certificate it was shown. Make it trust \
                mailtee's authority: `mailtee ca trust` tells how.
                """)
        #expect(
            alert.means(by: .server) == """
                The server does not trust the authority that issued the certificate that the client showed. Show it \
                one of an authority that the server's administrator named.
                """)
    }

    /// Only what makes no sense by one of the two is left to the words for the rest.
    @Test(arguments: TLSAlert.Sender.allCases) func everyAlertIsExplained(_ sender: TLSAlert.Sender) {
        var left: [String] = []
        for alert in (0...UInt8.max).map({ TLSAlert(level: 2, code: $0) }) where !alert.name.hasPrefix("alert ") {
            let words = alert.means(by: sender)
            if words.contains("RFC 8446") { left.append(alert.name) }
            #expect(words.contains(" \(sender.rawValue) ") || words.contains(" \(sender.rawValue)."), "\(words)")
            #expect(words.hasSuffix(".") && !words.contains("  ") && !words.contains("\n"), "\(words)")
            // Sentences.
            #expect((1...2).contains(words.split(separator: ". ").count), "\(words)")
        }
        #expect(left == (sender == .client ? ["inappropriate_fallback", "unknown_psk_identity"] : ["ech_required"]))
    }

    @Test func theRestIsNamed() {
        #expect(
            TLSAlert(level: 2, code: 255).means(by: .server) == """
                The server told by `alert 255` that something is wrong. RFC 8446 §6 and the log of the server may tell \
                what.
                """)
    }
}
