import Wire

/// The addresses of From, To, Cc and their like (RFC 5322 §3.4), the obsolete forms (§4.4) and common faults included.
public struct AddressList: Sendable, Equatable {
    public private(set) var addresses: [Address]
    public private(set) var oddities: [Oddity<AddressOddity>]

    /// - Parameter value: of the field, unfolded.
    public init(_ value: [UInt8]) {
        var reading = AddressListReading(value)
        reading.read()
        addresses = reading.addresses
        oddities = reading.oddities
    }

    /// All mailboxes, those in groups included.
    public var mailboxes: [Mailbox] {
        addresses.flatMap { address in
            switch address {
            case .mailbox(let mailbox): [mailbox]
            case .group(_, let members, _): members
            }
        }
    }

    public func has(_ kind: AddressOddity) -> Bool { oddities.contains { $0.kind == kind } }
}
