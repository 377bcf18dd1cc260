extension Catalogue {
    /// The rules about what HTTP clients and servers say.
    static let http: [any Rule.Type] = [
        HTTPClientNoHost.self,
        HTTPClientRequestLine.self,
        HTTPClientTENotFinalChunked.self,
        HTTPClientCRLFAfterPOST.self,
        HTTPClientPasswordClear.self,
        HTTPClientPipeliningUnsafe.self,
        HTTPBothBareCR.self,
        HTTPBothBareLF.self,
        HTTPBothSpaceBeforeColon.self,
        HTTPBothObsFold.self,
        HTTPBothWSAfterStartLine.self,
        HTTPBothFieldName.self,
        HTTPBothTEAndCL.self,
        HTTPBothCLInvalid.self,
        HTTPBothCLMismatch.self,
        HTTPBothChunkedSyntax.self,
        HTTPBothConnectionCloseIgnored.self,
        HTTPServerCLOn2041xx.self,
        HTTPServerBodyOnHEAD.self,
        HTTPServerStatusLine.self,
        HTTPServerNoDate.self,
        HTTPServerCloseDelimited.self,
    ]
}
