import Wire

/// The Content-Disposition field (RFC 2183).
public struct ContentDisposition: Sendable, Equatable {
    /// `inline`, `attachment` or another word, in lower case; empty where the field has none.
    public var kind: String
    public var parameters: [Parameter]
    public var oddities: [Oddity<ParameterOddity>]

    /// - Parameter value: of the field, unfolded.
    public init(_ value: [UInt8]) {
        var cursor = HeaderCursor(value)
        cursor.skipComments()
        let start = cursor.index
        let kind = cursor.take { $0.isTokenText }
        cursor.skipComments()
        var reading = ParameterReading()
        if kind.isEmpty || !(cursor.isAtEnd || cursor.peek == 0x3B) {
            _ = cursor.take { $0 != 0x3B }
            reading.note(.noType, start..<cursor.index)
        }
        reading.read(&cursor)
        self.kind = ASCII.lowercased(kind)
        parameters = reading.parameters
        oddities = reading.oddities
    }

    /// - Parameter name: in lower case.
    public func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
}
