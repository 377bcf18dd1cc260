import Conversation
import Wire

/// mailtee and one of the peers could not agree on TLS.
struct TLSHandshakeFailed: Rule {
    static let hears: RuleEvents = [.handshake]
    static let about = RuleDescription(
        id: "tls.handshake-failed",
        title: Words("A TLS handshake failed", ja: "TLS ハンドシェイクが失敗した"),
        severity: .error,
        side: .tls,
        clause: "RFC 8446 §6.2",
        means: Words(
            """
            One side gave up before TLS had begun, and the session ended there. Mostly the client does not trust the \
            certificate that it was shown, or the two have no version or cipher suite in common.
            """,
            ja: """
                TLS が始まる前に一方があきらめ、セッションはそこで終わりました。たいていは、クライアントが見せられた\
                証明書を信頼していないか、双方に共通のバージョンや暗号スイートがないことが原因です。
                """),
        remedy: Words(
            """
            What the side that gave up has to say is told with the finding. Where the client does not trust \
            mailtee's authority, `mailtee ca trust` tells how to make it.
            """,
            ja: """
                あきらめた側の言い分は、この指摘と一緒に示されます。クライアントが mailtee の認証局を信頼していない\
                場合は、`mailtee ca trust` が信頼させる方法を教えます。
                """),
        violating: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client by=client alert=unknown_ca means="It does not trust the authority."
            end: client-closed
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls server
            tls client fault=unknown-authority by=client alert=unknown_ca means="It does not trust the authority."
            end: client-closed
            """)

    mutating func handshake(_ facts: TLSFacts, at time: Timestamp, in session: SessionSoFar) -> Finding? {
        // Who gives up over a fault does well; what is none that mailtee plays is what the recorder found.
        guard let failure = facts.failure, facts.fault.flatMap(PlayedFault.init(rawValue:)) == nil,
            session.faults.isEmpty
        else { return nil }
        let who =
            switch failure.by {
            case .mailtee: Words("mailtee", ja: "mailtee ")
            case .client: Words("the client", ja: "クライアント")
            case .server: Words("the server", ja: "サーバー")
            }
        let alert = failure.alert.map { Picture.of(text: $0) }
        let how = Words(
            alert.map { " with the alert \($0)" } ?? "", ja: alert.map { " アラート \($0) を送って" } ?? "")
        // In a record that mailtee did not make the two spoke with each other.
        let isOthers = facts.leg == .client && failure.by == .server
        let pair = Words(
            isOthers ? "The client and the server" : "mailtee and the \(facts.leg.rawValue)",
            ja: isOthers ? "クライアントとサーバー" : "mailtee と\(facts.leg == .client ? "クライアント" : "サーバー")")
        let reason = Self.reason(facts, failure, at: time)
        let told = [failure.means, facts.fault ?? ""].filter { !$0.isEmpty }.map { Picture.of(text: $0) }
        return finding(
            at: Place(at: time), in: session,
            means: Words(
                """
                \(pair[.en]) did not come to speak TLS: \(who[.en]) gave up\(how[.en]). \
                \(told.map(Self.sentence).joined(separator: " "))\(reason.map { " " + $0.en } ?? "")
                """,
                ja: """
                    \(pair[.ja])は TLS を始められませんでした。\
                    \(who[.ja])が\(how[.ja])あきらめました。\(reason?.ja ?? "")理由は「\(told.joined(separator: " "))」です。
                    """))
    }

    /// With a capital and a full stop.
    private static func sentence(_ text: String) -> String {
        let isClosed = text.last.map { ".!?".contains($0) } ?? true
        return (text.first.map { $0.uppercased() } ?? "") + text.dropFirst() + (isClosed ? "" : ".")
    }

    /// What is known of the cause, in plain words, as far as the facts go beyond the alert.
    private static func reason(_ facts: TLSFacts, _ failure: TLSFacts.Failure, at time: Timestamp) -> Words? {
        let alert = failure.alert ?? ""
        let found =
            switch facts.verification {
            case .failed(let found), .skipped(let found?): found
            case .verified, .skipped(nil), nil: ""
            }
        let text = [failure.means, facts.fault ?? "", found].joined(separator: " ").lowercased()
        func tells(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        let isOfCertificate = alert.contains("certificate") || alert == "unknown_ca" || alert == "access_denied"
        let hasNoAlert = alert.isEmpty && tells("certificate", "cert ")
        if isOfCertificate || hasNoAlert || !found.isEmpty {
            if alert == "certificate_required" || alert == "no_certificate" {
                return Words(
                    "The client is to show a certificate of its own, and has shown none.",
                    ja: "クライアント自身の証明書を求められましたが、クライアントは見せませんでした。")
            }
            if alert == "certificate_expired" || tells("expired", "out of date", "not yet valid", "not valid yet") {
                return expired(facts, at: time)
            }
            if let mismatch = mismatch(facts) { return mismatch }
            let isUntrusted = ["issuer", "authority"].contains { found.lowercased().contains($0) }
            if alert == "unknown_ca" || isUntrusted || tells("self-signed", "self signed", "unknown ca") {
                return Words(
                    """
                    The issuer of the certificate is not trusted: the certificate signed itself, is of an authority \
                    that \(failure.by == .server ? "the server" : "the client") does not know, or came without the \
                    certificates between it and that authority.
                    """,
                    ja: """
                        証明書の発行者が信頼されていません。自己署名であるか、知らない認証局のものか、中間証明書が送られて\
                        いません。
                        """)
            }
            if tells("hostname", "host name", "name mismatch", "not match") {
                return Words(
                    "The certificate is for another name than the one that the client connected to.",
                    ja: "証明書は、クライアントが接続しようとした名前とは別の名前のものです。")
            }
            return nil
        }
        if tells("legacy renegotiation", "unsafe renegotiation") {
            return Words(
                """
                The server's TLS library is so old that it does not know secure renegotiation (RFC 5746), without \
                which newer ones no longer speak. Update the server; a client that must can be told to allow it.
                """,
                ja: """
                    サーバーの TLS ライブラリが古く、安全な再ネゴシエーション(RFC 5746)に対応していません。新しいライブラリはこれを\
                    求めます。サーバーを更新してください。
                    """)
        }
        if alert == "protocol_version" || alert == "inappropriate_fallback"
            || tells("unsupported protocol", "tls version", "wrong version", "version too low")
        {
            let version = facts.version.map { Picture.of(text: $0) }
            return Words(
                """
                The two have no version of TLS in common\(version.map { "; the one on the table was \($0)" } ?? ""): \
                one of them knows old versions only (TLS 1.0, 1.1), which the other has switched off. Update it, or \
                allow the old version there.
                """,
                ja: """
                    双方に共通する TLS のバージョンがありません\(version.map { "（\($0)）" } ?? "")。一方が古いバージョン \
                    (TLS 1.0、1.1) しか知らず、もう一方はそれを無効にしています。古い方を更新するか、もう一方で許可します。
                    """)
        }
        if alert == "unrecognized_name" {
            let name = facts.serverName.map { Picture.of(text: $0) } ?? ""
            return Words(
                "The server has no certificate for the name \(name.isEmpty ? "that" : "`\(name)`, which") it was asked for.",
                ja: "求められた名前\(name.isEmpty ? "" : " `\(name)` ")の証明書がサーバーにありません。")
        }
        if alert == "handshake_failure" || alert == "insufficient_security"
            || tells("no shared cipher", "no cipher", "cipher suite")
        {
            return Words(
                """
                The two have no cipher suite in common, or none that both hold to be strong enough: mostly one of them \
                knows old ones only, which the other has switched off. Update it, or allow them there.
                """,
                ja: """
                    双方に共通する（どちらも十分に強いと認める）暗号スイートがありません。多くの場合、一方が古いものしか知ら\
                    ず、もう一方はそれを無効にしています。古い方を更新するか、もう一方で許可します。
                    """)
        }
        return nil
    }

    private static func expired(_ facts: TLSFacts, at time: Timestamp) -> Words {
        let now = time.nanoseconds / 1_000_000_000
        let leaf = facts.chain.first.flatMap { $0.notAfter > 0 ? $0 : nil }
        func day(_ seconds: Int64) -> String {
            String(
                Timestamp(nanoseconds: seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue).text.prefix(
                    10))
        }
        if let leaf, leaf.notAfter >= now, leaf.notBefore <= now {
            return Words(
                """
                The certificate is good from \(day(leaf.notBefore)) to \(day(leaf.notAfter)): look at the clock of \
                who refused it, and at the certificates above it.
                """,
                ja: """
                    証明書の有効期間は \(day(leaf.notBefore)) から \(day(leaf.notAfter)) までで、期限内です。拒否した側の時\
                    計と、上位の証明書を確認してください。
                    """)
        }
        let until = leaf.map { $0.notAfter < now ? day($0.notAfter) : "" } ?? ""
        return Words(
            """
            The certificate has expired\(until.isEmpty ? "" : " on \(until)"), or is not valid yet: the server needs a \
            new one, or a restart where it has been renewed already. If it is good, the clock of who refused it is wrong.
            """,
            ja: """
                証明書の有効期限が\(until.isEmpty ? "" : " \(until) に")切れているか、まだ始まっていません。新しい証明書を設定し、更\
                新済みならサーバーを再起動してください。証明書に問題がなければ、拒否した側の時計が狂っています。
                """)
    }

    private static func mismatch(_ facts: TLSFacts) -> Words? {
        guard let wanted = facts.serverName, let names = facts.chain.first?.names, !names.isEmpty,
            !names.contains(where: { covers($0, wanted) })
        else { return nil }
        let shown = names.prefix(shownNames).map { Picture.of(text: String($0.prefix(LintLimits.quoted))) }
        let all = shown.joined(separator: ", ") + (names.count > shownNames ? ", …" : "")
        let name = Picture.of(text: String(wanted.prefix(LintLimits.quoted)))
        return Words(
            """
            The name is wrong: the client connected to `\(name)`, and the certificate that it was shown is for \(all) \
            only. Set the client to a name that is in the certificate, or give the server one for this name.
            """,
            ja: """
                名前が違います。クライアントは `\(name)` に接続しましたが、見せられた証明書は \(all) のものです。クライアント\
                に証明書にある名前を設定するか、サーバーにこの名前の証明書を用意してください。
                """)
    }

    /// Names of a certificate that are told.
    private static let shownNames = 5

    /// RFC 9525 §6.3: `*` stands for one whole label, the first.
    private static func covers(_ pattern: String, _ name: String) -> Bool {
        let (pattern, name) = (pattern.lowercased(), name.lowercased())
        if pattern == name { return true }
        guard pattern.hasPrefix("*."), let dot = name.firstIndex(of: "."), dot > name.startIndex else { return false }
        return name[dot...] == pattern.dropFirst()
    }
}
