extension TLSAlert {
    /// What the alert means and what to do about it, for somebody who knows mail better than TLS: one or two sentences.
    ///
    /// A client is taken for one that talks to mailtee, and was shown a certificate of mailtee's own authority.
    public func means(by sender: Sender) -> String {
        let own = sender == .client ? Self.clientMeans : Self.serverMeans
        return own[name] ?? means(by: sender.rawValue, to: sender == .client ? "server" : "client")
    }

    private static let clientMeans = [
        "handshake_failure": """
        The client found nothing that it accepts in what the server chose: cipher suite, group, or the kind of \
        the certificate's key or signature. Compare what it offers with what was chosen.
        """,
        "no_certificate": """
        The client was asked for a certificate and has none (SSL 3.0). Give it one, or do not ask.
        """,
        "bad_certificate": """
        The client does not accept the certificate that it was shown. Most often its names lack the one that the \
        client connected to, or the client does not trust its issuer: `mailtee ca trust` tells how to make it \
        trust mailtee's authority.
        """,
        "unsupported_certificate": """
        The client cannot use a certificate of the kind that it was shown: the type of its key, its signature, \
        or a use other than that of a server. Show it another.
        """,
        "certificate_revoked": """
        The client holds the certificate that it was shown, or one above it, to be revoked. Look at the \
        revocation list or the OCSP responder that it asks.
        """,
        "certificate_expired": """
        The client holds that the certificate it was shown has expired, or is not valid yet. Compare the dates \
        in the certificate with the client's clock.
        """,
        "certificate_unknown": """
        The client does not accept the certificate that it was shown, for a reason that it does not tell. \
        Mostly, with programs in Java above all, it does not trust the issuer: `mailtee ca trust` tells how to \
        make it trust mailtee's authority.
        """,
        "unknown_ca": """
        The client does not trust the authority that issued the certificate it was shown. Make it trust \
        mailtee's authority: `mailtee ca trust` tells how.
        """,
        "access_denied": """
        The client could verify the certificate that it was shown, and still may not talk to its owner. Look for \
        a rule in the client's settings, such as a pinned certificate.
        """,
        "protocol_version": """
        The client does not speak the version of TLS that was chosen. Compare the versions that it offers with \
        the one in the ServerHello.
        """,
        "insufficient_security": """
        The client demands stronger encryption than what was chosen. Look at the version and the cipher suite in \
        the ServerHello, and at the length of the certificate's key.
        """,
        "certificate_unobtainable": """
        The client cannot fetch the certificate that it wanted to refer to by a URL. Make it send the \
        certificate itself.
        """,
        "unrecognized_name": """
        The client got a name from the server that is not the one it asked for. The server has a defect; clients \
        hardly ever say this.
        """,
        "bad_certificate_status_response": """
        The client does not accept the proof against revocation (OCSP) that came with the certificate. Let the \
        server renew it, or leave it out.
        """,
        "bad_certificate_hash_value": """
        The client got a certificate that does not match the sum given for it. It was replaced or changed since.
        """,
        "certificate_required": """
        The client got no certificate, without which it does not go on. Give the server one to show.
        """,
        "no_application_protocol": """
        The client does not accept the application protocol (ALPN) that was chosen. Choose one that it offers, \
        or none.
        """,
        "ech_required": """
        The client insists on an encrypted ClientHello (ECH), which the server did not take. Turn that off in \
        the client, or take the outdated ECH record of the server's out of the DNS.
        """,
    ]

    private static let serverMeans = [
        "handshake_failure": """
        The server found nothing that it accepts in what the client offers: cipher suite, group, or signature \
        algorithm. Some servers also say so when they do not speak the version offered, have no certificate to \
        show, or miss one of the client's.
        """,
        "no_certificate": """
        The server has no certificate to show. Give it one.
        """,
        "bad_certificate": """
        The server does not accept the certificate that the client showed. Look into the server's log for the \
        reason, and show another, or none where the server allows that.
        """,
        "unsupported_certificate": """
        The server cannot use a certificate of the kind that the client showed: the type of its key, its \
        signature, or a use other than that of a client. Show it another.
        """,
        "certificate_revoked": """
        The server holds the certificate that the client showed to be revoked. Show it another.
        """,
        "certificate_expired": """
        The server holds that the certificate the client showed has expired, or is not valid yet. Compare the \
        dates in the certificate with the server's clock.
        """,
        "certificate_unknown": """
        The server does not accept the certificate that the client showed, for a reason that it does not tell. \
        Look into the server's log.
        """,
        "unknown_ca": """
        The server does not trust the authority that issued the certificate that the client showed. Show it one \
        of an authority that the server's administrator named.
        """,
        "access_denied": """
        The server could verify the certificate that the client showed, but its owner may not come in. Ask the \
        server's administrator.
        """,
        "protocol_version": """
        The server speaks none of the versions of TLS that it was offered. Either it knows only older ones, such \
        as TLS 1.0, or it refuses old ones and was offered nothing newer.
        """,
        "insufficient_security": """
        The server demands stronger encryption than it was offered. Offer newer versions of TLS, and cipher \
        suites with forward secrecy and AES-GCM or ChaCha20.
        """,
        "inappropriate_fallback": """
        The server speaks a newer version of TLS than it was offered, and the client said that it only offers \
        less because an attempt before had failed. Find out why that one failed.
        """,
        "certificate_unobtainable": """
        The server cannot fetch the certificate that the client referred to by a URL. Send the certificate \
        itself.
        """,
        "unrecognized_name": """
        The server has no certificate for the name that it was asked for (SNI). Connect by a name that the \
        server has, or add the name to the server's certificates.
        """,
        "bad_certificate_status_response": """
        The server does not accept the proof against revocation (OCSP) that came with the client's certificate. \
        Leave it out, or renew it.
        """,
        "bad_certificate_hash_value": """
        The server got a certificate that does not match the sum given for it. It was replaced or changed since.
        """,
        "unknown_psk_identity": """
        The server does not know the key that both were to have in common (PSK). Give it to both sides, or do \
        without.
        """,
        "certificate_required": """
        The server demands a certificate of the client and got none. Give the client one that the server \
        accepts.
        """,
        "no_application_protocol": """
        The server speaks none of the application protocols (ALPN) that it was offered. Offer one that it knows, \
        or none.
        """,
    ]

    /// What is the same by whichever side.
    private func means(by sender: String, to receiver: String) -> String {
        switch name {
        case "close_notify":
            """
            The \(sender) closed TLS in good order. Before the handshake has ended that means that it gave up \
            without saying why; look at what it told its user or wrote into its log.
            """
        case "unexpected_message":
            """
            The \(sender) got a message that has no place at this point of the handshake. One of the two programs \
            breaks the protocol, or something other than TLS came between.
            """
        case "bad_record_mac":
            """
            The \(sender) got a record that is not what was encrypted. It was changed on the way, or the two \
            programs do not hold the same keys.
            """
        case "decryption_failed":
            """
            The \(sender) could not decrypt a record. It was changed on the way, or the two programs do not hold the \
            same keys.
            """
        case "record_overflow":
            """
            The \(sender) got a record longer than TLS allows. Most likely it was not TLS that was sent to it, or \
            bytes were lost on the way.
            """
        case "decompression_failure":
            """
            The \(sender) could not decompress what it got. Turn off compression in TLS, which nothing should use \
            any more.
            """
        case "illegal_parameter":
            """
            The \(sender) got a message in the handshake with a value that is not allowed, or that contradicts an \
            earlier one. One of the two programs has a defect, or the message was changed on the way.
            """
        case "decode_error":
            """
            The \(sender) got a message in the handshake that it cannot read, since a length or a field in it is \
            wrong. One of the two programs has a defect, or the message was changed on the way.
            """
        case "decrypt_error":
            """
            The \(sender) found that a signature, or the sum over the whole handshake, is wrong. A certificate was \
            shown without the private key that belongs to it, or the handshake was changed on the way.
            """
        case "export_restriction":
            """
            The \(sender) refuses keys of a length that the export law of the 1990s did not allow. It is far too \
            old, and should be replaced.
            """
        case "internal_error":
            """
            Something failed within the \(sender) that need not have to do with the \(receiver). Look into the log \
            of the \(sender).
            """
        case "user_canceled":
            """
            The \(sender) gave up for a reason that is not one of TLS, for example because its user said no.
            """
        case "no_renegotiation":
            """
            The \(sender) does not want to negotiate anew within the connection, as most do not. The \(receiver) has \
            to do without.
            """
        case "missing_extension":
            """
            The \(sender) got a message without an extension that TLS 1.3 demands in it. The \(receiver) has a \
            defect, or the message was changed on the way.
            """
        case "unsupported_extension":
            """
            The \(sender) got an extension that it did not ask for, or in a message where it must not stand. The \
            \(receiver) has a defect, or the message was changed on the way.
            """
        default:
            """
            The \(sender) told by `\(name)` that something is wrong. RFC 8446 §6 and the log of the \(sender) may tell \
            what.
            """
        }
    }
}
