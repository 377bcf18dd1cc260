import Authority
import Conversation
import NIOCore
import NIOSSL
import Synchronization

/// What the sessions of a process share: the authority, the certificates and contexts made so far, the key log.
final class TLSEngine: Sendable {
    let options: TLSOptions
    private let keyLog: KeyLog?
    private let own: Leaf?
    private let toServer: Leaf?
    private let verifier: ServerVerifier
    private let state = Mutex(State())

    private struct State {
        var leaves: LeafCache?
        var toClients: [ContextKey: NIOSSLContext] = [:]
        var toServers: [[String]: NIOSSLContext] = [:]
    }

    private struct ContextKey: Hashable {
        var fingerprint: String
        var protocols: [String]
    }

    /// Contexts that are kept; when there are more, all are made anew.
    private static let contexts = 1_024

    /// Reads what the user named.
    init(_ options: TLSOptions) throws {
        self.options = options
        keyLog = try options.keyLog.map { try KeyLog(path: $0) }
        own = try options.own.map { try OwnCertificate(certificate: $0.certificate, key: $0.key).leaf }
        toServer = try options.toServer.map { try OwnCertificate(certificate: $0.certificate, key: $0.key).leaf }
        verifier = try ServerVerifier(trusted: options.trusted)
        // What is wrong with an authority that is there is better said now than to the first client.
        guard own == nil, let leaves = try Self.leaves(in: options.authority) else { return }
        state.withLock { $0.leaves = leaves }
    }

    /// - Returns: nil where there is no authority yet; it is made when the first client needs it.
    private static func leaves(in folder: String) throws(AuthorityError) -> LeafCache? {
        do throws(AuthorityError) {
            return LeafCache(try Authority.open(in: folder))
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
    }

    /// What is shown to a client, and the context to show it in.
    struct Shown: Sendable {
        var context: NIOSSLContext
        var chain: [CertificateFacts]
    }

    /// Makes what a client is shown that asked for one of `names`. Takes milliseconds, so never on an event loop.
    func shown(for names: [String], protocols: [String]) throws -> Shown {
        let leaf = try own ?? leaves().leaf(for: LeafSubject(names: names), fault: options.fault?.leaf)
        let key = ContextKey(fingerprint: leaf.facts.fingerprint, protocols: protocols)
        let chain = leaf.chain.map(CertificateFacts.init(der:))
        if let context = state.withLock({ $0.toClients[key] }) { return Shown(context: context, chain: chain) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try leaf.chain.map { .certificate(try NIOSSLCertificate(bytes: $0, format: .der)) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(leaf.key.pem.utf8), format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = protocols
        configuration.keyLogCallback = keyLogCallback
        let context = try NIOSSLContext(configuration: configuration)
        state.withLock { state in
            if state.toClients.count >= Self.contexts { state.toClients = [:] }
            state.toClients[key] = context
        }
        return Shown(context: context, chain: chain)
    }

    /// The context in which a server is spoken to. Takes milliseconds the first time.
    func context(protocols: [String]) throws -> NIOSSLContext {
        if let context = state.withLock({ $0.toServers[protocols] }) { return context }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        // What the server shows is verified by ourselves, who can tell why it is not good.
        configuration.trustRoots = .certificates([])
        configuration.certificateVerification = .noHostnameVerification
        configuration.applicationProtocols = protocols
        configuration.keyLogCallback = keyLogCallback
        if let toServer {
            configuration.certificateChain = try toServer.chain.map {
                .certificate(try NIOSSLCertificate(bytes: $0, format: .der))
            }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(toServer.key.pem.utf8), format: .pem))
        }
        let context = try NIOSSLContext(configuration: configuration)
        state.withLock { state in
            if state.toServers.count >= Self.contexts { state.toServers = [:] }
            state.toServers[protocols] = context
        }
        return context
    }

    /// What is to be said of a server's certificate, its own first.
    func verify(_ chain: [[UInt8]], name: String?) async -> TLSFacts.Verification {
        let found = await verifier.verify(chain, name: name)
        guard !options.verifiesServer else { return found }
        if case .failed(let why) = found { return .skipped(why) }
        return .skipped(nil)
    }

    private var keyLogCallback: NIOSSLKeyLogCallback? {
        guard let keyLog else { return nil }
        return { line in keyLog.append(line) }
    }

    private func leaves() throws -> LeafCache {
        if let leaves = state.withLock({ $0.leaves }) { return leaves }
        let made = LeafCache(try Authority.openOrCreate(in: options.authority))
        return state.withLock { state in
            let leaves = state.leaves ?? made
            state.leaves = leaves
            return leaves
        }
    }
}
