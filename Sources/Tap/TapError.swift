/// What keeps a tap from starting: what was wrong, where, what to do.
public struct TapError: Error, CustomStringConvertible, Sendable {
    public enum Code: Sendable {
        case badSpecification
        case unknownHost
        case cannotListen
        case badOption
    }

    public var code: Code
    public var cause: String
    public var remedy: String

    public var description: String { cause + ". " + remedy }

    public init(_ code: Code, _ cause: String, remedy: String) {
        self.code = code
        self.cause = cause
        self.remedy = remedy
    }
}
