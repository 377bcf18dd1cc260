/// What keeps an authority or a certificate from being used: what was wrong, where, what to do. No text of it holds
/// anything of a private key.
public struct AuthorityError: Error, CustomStringConvertible, Sendable {
    public enum Code: Sendable, CaseIterable {
        /// There is nothing.
        case missing
        /// Of a certificate and its key, one is there.
        case half
        /// There is an authority already.
        case exists
        case unreadable
        case unwritable
        case damaged
        /// The private key needs a passphrase.
        case encrypted
        /// A sound key, but of a kind that mailtee does not know.
        case unsupported
        /// The private key is another certificate's.
        case mismatch
        /// Others may read the private key.
        case exposed
        case notAuthority
        case expired
        case notYetValid
        /// No name is left that a certificate could be for.
        case noName
        case cannotSign
    }

    public var code: Code
    /// The file or folder; nil where it is none.
    public var path: String?
    public var cause: String
    public var remedy: String

    public var description: String { (path.map { $0 + ": " } ?? "") + cause + ". " + remedy }

    public init(_ code: Code, path: String? = nil, cause: String, remedy: String) {
        self.code = code
        self.path = path
        self.cause = cause
        self.remedy = remedy
    }
}
