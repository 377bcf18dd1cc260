extension TrustInstructions {
    /// Programs by a setting, an option or a variable of their own.
    static func programs(_ place: TrustPlace) -> [TrustUnit] {
        mailPrograms(place) + languages(place)
    }

    private static func mailPrograms(_ place: TrustPlace) -> [TrustUnit] {
        // Without these, s_client tells of what is wrong and goes on.
        let check = "-verify_return_error -verify_hostname HOST"
        return [
            TrustUnit(
                id: "curl", name: "curl", kind: .program,
                trust: [.run("curl --cacert \(place.word) smtps://HOST:PORT")],
                distrust: [.say("Leave the option out.")]),
            TrustUnit(
                id: "openssl", name: "openssl, to look at a server", kind: .program,
                trust: [
                    .run("openssl s_client -connect HOST:PORT -starttls smtp \(check) -CAfile \(place.word)"),
                    .say("-starttls pop3 and -starttls imap for those; none of them where TLS comes first."),
                    .say("Most programs built on OpenSSL heed a variable, and then trust this authority alone:"),
                    .run("SSL_CERT_FILE=\(place.word) PROGRAM"),
                ],
                distrust: [.say("Leave the option or the variable out.")]),
            TrustUnit(
                id: "swaks", name: "swaks", kind: .program,
                trust: [.run("swaks --tls --tls-verify --tls-ca-path \(place.word) --server HOST:PORT --to YOU")],
                distrust: [.say("Leave the option out.")]),
            TrustUnit(
                id: "msmtp", name: "msmtp", kind: .program,
                trust: [
                    .line("tls_trust_file \(place.path)", in: "~/.msmtprc, in the account"),
                    .say("or for one message: msmtp --tls-trust-file=\(place.word)"),
                ],
                distrust: [.say("Put back what stood there, as a rule: tls_trust_file system")]),
            TrustUnit(
                id: "mpop", name: "mpop", kind: .program,
                trust: [
                    .line("tls_trust_file \(place.path)", in: "~/.mpoprc, in the account"),
                    .say("or for once: mpop --tls-trust-file=\(place.word)"),
                ],
                distrust: [.say("Put back what stood there, as a rule: tls_trust_file system")]),
            TrustUnit(
                id: "fetchmail", name: "fetchmail", kind: .program,
                trust: [
                    .line("sslcertck sslcertfile \(place.quoted)", in: "~/.fetchmailrc, after the user's options"),
                    .say("or for once: fetchmail --sslcertck --sslcertfile \(place.word)"),
                ],
                distrust: [.say("Take sslcertfile out again.")]),
            TrustUnit(
                id: "mbsync", name: "mbsync (isync)", kind: .program,
                trust: [.line("CertificateFile \(place.quoted)", in: "~/.mbsyncrc, in the IMAPAccount")],
                distrust: [.say("Take the line out again.")]),
            TrustUnit(
                id: "neomutt", name: "neomutt, mutt", kind: .program,
                trust: [
                    .say("They write what you accept into the same file, so give them a copy:"),
                    .run("cat \(place.word) >> ~/.mutt-certificates"),
                    .line("set certificate_file = \"~/.mutt-certificates\"", in: "~/.neomuttrc or ~/.muttrc"),
                ],
                distrust: [.say("Take the certificate out of ~/.mutt-certificates.")]),
            TrustUnit(
                id: "git", name: "git send-email", kind: .program,
                trust: [.run("git send-email --smtp-ssl-cert-path=\(place.word) PATCH")],
                distrust: [.say("Leave the option out.")]),
        ]
    }

    private static func languages(_ place: TrustPlace) -> [TrustUnit] {
        // `changeit` is the password that every Java is given with.
        let entry = "-noprompt -alias mailtee -file \(place.word) -storepass changeit"
        let store = "-Djavax.net.ssl.trustStore=mailtee.p12 -Djavax.net.ssl.trustStorePassword=changeit"
        return [
            TrustUnit(
                id: "python", name: "Python (smtplib, poplib, imaplib)", kind: .program,
                trust: [
                    .line("context = ssl.create_default_context(cafile=\(place.quoted))", in: "your program"),
                    .say("and hand it over: starttls(context=context). Without a change to it:"),
                    .run("SSL_CERT_FILE=\(place.word) python3 PROGRAM"),
                ],
                distrust: [.say("Take it out again.")]),
            TrustUnit(
                id: "java", name: "Java", kind: .program,
                trust: [
                    .run("keytool -importcert \(entry) -keystore mailtee.p12 -storetype PKCS12"),
                    .run("java \(store) PROGRAM"),
                    .say("Or beside the others, for all programs of this Java:"),
                    .run("sudo keytool -importcert \(entry) -cacerts"),
                ],
                distrust: [
                    .run("rm mailtee.p12"),
                    .run("sudo keytool -delete -cacerts -alias mailtee -storepass changeit"),
                ]),
            TrustUnit(
                id: "node", name: "Node.js (nodemailer, imapflow)", kind: .program,
                trust: [.run("NODE_EXTRA_CA_CERTS=\(place.word) node PROGRAM")],
                distrust: [.say("Leave the variable out.")]),
            TrustUnit(
                id: "dotnet", name: ".NET (MailKit, SmtpClient)", kind: .program,
                trust: [
                    .say("On Windows and macOS as for those. On Linux:"),
                    .run("SSL_CERT_FILE=\(place.word) dotnet run"),
                    .say("MailKit asks whether a certificate was revoked, and an authority of your own has no answer:"),
                    .line("client.CheckCertificateRevocation = false;", in: "your program, in tests"),
                ],
                distrust: [.say("Leave the variable out.")]),
            TrustUnit(
                id: "php", name: "PHP (PHPMailer, Symfony Mailer)", kind: .program,
                trust: [
                    .line("openssl.cafile = \(place.quoted)", in: "php.ini"),
                    .say("or for once:"),
                    .run("php -d openssl.cafile=\(place.word) PROGRAM"),
                ],
                distrust: [.say("Take the line out again.")]),
            TrustUnit(
                id: "go", name: "Go, on Linux", kind: .program,
                trust: [.run("SSL_CERT_FILE=\(place.word) PROGRAM")],
                distrust: [.say("Leave the variable out.")]),
            TrustUnit(
                id: "ruby", name: "Ruby (Net::SMTP, Mail, Action Mailer)", kind: .program,
                trust: [.run("SSL_CERT_FILE=\(place.word) ruby PROGRAM")],
                distrust: [.say("Leave the variable out.")]),
        ]
    }
}
