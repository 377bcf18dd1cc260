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
        var contexts: [ContextKey: NIOSSLContext] = [:]
    }

    private enum ContextKey: Hashable {
        /// By the certificate that is shown.
        case toClient(fingerprint: String, protocols: [String])
        case toServer(protocols: [String])
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
        let context = try context(.toClient(fingerprint: leaf.facts.fingerprint, protocols: protocols), protocols) {
            TLSConfiguration.makeServerConfiguration(
                certificateChain: try leaf.certificates, privateKey: try leaf.privateKey)
        }
        return Shown(context: context, chain: leaf.chain.map(CertificateFacts.init(der:)))
    }

    /// The context in which a server is spoken to. Takes milliseconds the first time.
    func context(protocols: [String]) throws -> NIOSSLContext {
        try context(.toServer(protocols: protocols), protocols) {
            var configuration = TLSConfiguration.makeClientConfiguration()
            // What the server shows is verified by ourselves, who can tell why it is not good.
            configuration.trustRoots = .certificates([])
            configuration.certificateVerification = .noHostnameVerification
            if let toServer {
                configuration.certificateChain = try toServer.certificates
                configuration.privateKey = try toServer.privateKey
            }
            return configuration
        }
    }

    private func context(
        _ key: ContextKey, _ protocols: [String], make: () throws -> TLSConfiguration
    ) throws -> NIOSSLContext {
        if let context = state.withLock({ $0.contexts[key] }) { return context }
        var configuration = try make()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = protocols
        configuration.keyLogCallback = keyLogCallback
        let context = try NIOSSLContext(configuration: configuration)
        state.withLock { state in
            if state.contexts.count >= Self.contexts { state.contexts = [:] }
            state.contexts[key] = context
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

extension Leaf {
    fileprivate var certificates: [NIOSSLCertificateSource] {
        get throws { try chain.map { .certificate(try NIOSSLCertificate(bytes: $0, format: .der)) } }
    }

    fileprivate var privateKey: NIOSSLPrivateKeySource {
        get throws { .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pem.utf8), format: .pem)) }
    }
}
