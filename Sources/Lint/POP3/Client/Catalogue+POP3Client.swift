extension Catalogue {
    /// The rules about what POP3 clients say.
    static let pop3Client: [any Rule.Type] = [
        POP3ClientLineEnd.self,
        POP3ClientSpaces.self,
        POP3ClientTooLong.self,
        POP3ClientNonASCII.self,
        POP3ClientState.self,
        POP3ClientIgnoresERR.self,
        POP3ClientRepeatsLogin.self,
        POP3ClientPASSWithoutUSER.self,
        POP3ClientCapabilityUnlisted.self,
        POP3ClientAUTHIRUnlisted.self,
        POP3ClientGivesUp.self,
        POP3ClientPipelining.self,
        POP3ClientBadNumber.self,
        POP3ClientTOPOneArg.self,
        POP3ClientAPOPDigest.self,
        POP3ClientAPOPNoTimestamp.self,
        POP3ClientAPOPUsed.self,
        POP3ClientDELENoQUIT.self,
        POP3ClientDELEBeforeRETROK.self,
        POP3ClientDELEAfterShortBody.self,
        POP3ClientRETRRepeat.self,
        POP3ClientLoginDelay.self,
        POP3ClientObsoleteCommand.self,
        POP3ClientNoQUIT.self,
    ]
}
