extension Catalogue {
    /// The rules about TLS, and about secrets said without it.
    static let tls: [any Rule.Type] = [
        TLSBegunThoughRefused.self,
        TLSOfferGone.self,
        TLSAuthOfferedClear.self,
        TLSPasswordClear.self,
        TLSNotUsedThoughOffered.self,
        TLSOfferedRefused.self,
        TLSRefusedThenClear.self,
        TLSDataAfterSTARTTLS.self,
        TLSServerDataAfterOK.self,
        TLSHandshakeFailed.self,
        TLSServerCertificate.self,
        TLSBadCertificateAccepted.self,
        TLSGreetingAgain.self,
        TLSInjectedCommandObeyed.self,
        TLSInjectedReplyBelieved.self,
        TLSNoNewEHLO.self,
        TLSSTARTTLSOfferedInside.self,
        TLSWeakAuthClear.self,
        TLSMailClear.self,
        TLSVersionOld.self,
        TLSNoSNI.self,
    ]
}
