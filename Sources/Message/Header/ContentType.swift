import Wire

/// The Content-Type field (RFC 2045 §5).
public struct ContentType: Sendable, Equatable {
    /// In lower case. Where the field is no `type/subtype`, text/plain is taken for it (RFC 2045 §5.2), and there is an
    /// oddity `noType`.
    public var type: String
    public var subtype: String
    public var parameters: [Parameter]
    public var oddities: [Oddity<ParameterOddity>]

    /// - Parameter value: of the field, unfolded.
    public init(_ value: [UInt8]) {
        var cursor = HeaderCursor(value)
        cursor.skipComments()
        let start = cursor.index
        let type = cursor.take { $0.isTokenText }
        cursor.skipComments()
        let hasSlash = cursor.skip(0x2F)
        cursor.skipComments()
        let subtype = hasSlash ? cursor.take { $0.isTokenText } : []
        cursor.skipComments()
        var reading = ParameterReading()
        let isWhole = !type.isEmpty && !subtype.isEmpty && (cursor.isAtEnd || cursor.peek == 0x3B)
        if !isWhole {
            _ = cursor.take { $0 != 0x3B }
            reading.note(.noType, start..<cursor.index)
        }
        reading.read(&cursor)
        self.type = type.isEmpty || subtype.isEmpty ? "text" : ASCII.lowercased(type)
        self.subtype = type.isEmpty || subtype.isEmpty ? "plain" : ASCII.lowercased(subtype)
        parameters = reading.parameters
        oddities = reading.oddities
    }

    /// - Parameter name: in lower case.
    public func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
}

extension ASCII {
    static func lowercased(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes.map(\.lowercased), as: UTF8.self)
    }
}
