/// Which of the two peers speaks.
public enum Direction: String, Sendable, Codable, Equatable, Hashable, CaseIterable {
    case client
    case server

    public var other: Direction { self == .client ? .server : .client }
}

/// One value for each direction.
public struct PerDirection<Value> {
    public var client: Value
    public var server: Value

    public init(client: Value, server: Value) {
        self.client = client
        self.server = server
    }

    public init(_ value: Value) {
        client = value
        server = value
    }

    public subscript(direction: Direction) -> Value {
        // Not `get`: who reads a member of the value copies no more than that.
        _read {
            if direction == .client { yield client } else { yield server }
        }
        _modify {
            if direction == .client { yield &client } else { yield &server }
        }
    }
}

extension PerDirection: Sendable where Value: Sendable {}
extension PerDirection: Equatable where Value: Equatable {}
