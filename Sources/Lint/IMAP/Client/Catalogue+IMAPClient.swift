extension Catalogue {
    /// The rules about what IMAP clients say. Those that make out that the peers are out of step come first.
    static let imapClient: [any Rule.Type] = [
        IMAPClientLiteralCount.self,
        IMAPClientLiteralAfterNo.self,
        IMAPClientLineEnd.self,
        IMAPClientTagSyntax.self,
        IMAPClientTagReuse.self,
        IMAPClientSpacing.self,
        IMAPClientState.self,
        IMAPClientCapabilityUnlisted.self,
        IMAPClientLoginDisabled.self,
        IMAPClientLiteralNoWait.self,
        IMAPClientLiteralMinus.self,
        IMAPClientQuoted.self,
        IMAPClientMUTF7.self,
        IMAPClientAmbiguousPipeline.self,
        IMAPClientIgnoresNo.self,
        IMAPClientStaleUID.self,
        IMAPClientIdleCommand.self,
        IMAPClientIdleTooLong.self,
        IMAPClientExpungeAll.self,
        IMAPClientBodyNotPeek.self,
        IMAPClientSeqOutOfRange.self,
        IMAPClientNoLogout.self,
        IMAPClientSTARTTLSOrder.self,
        IMAPClientPollStorm.self,
    ]
}
