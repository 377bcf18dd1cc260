import Wire

/// The form in which facts stand in a record.
extension SessionFacts {
    public var json: JSON {
        .members([
            "session": .string(id.text),
            "started": .integer(started.nanoseconds),
            "protocol": .string(dialect.rawValue),
            "client": .string(client.description),
            "server": .string(server.description),
            "listener": listener.map { .string($0.description) },
            "route": .string(route.rawValue),
            "remarks": remarks.isEmpty ? nil : .array(remarks.map(JSON.string)),
        ])
    }

    /// - Returns: nil unless `json` has at least an id, a start and a protocol that are known.
    public init?(json: JSON) {
        guard let id = json["session"]?.string.flatMap({ SessionID($0) }), let started = json["started"]?.integer,
            let dialect = json["protocol"]?.string.flatMap(DialectName.init(rawValue:))
        else { return nil }
        self.init(
            id: id, started: Timestamp(nanoseconds: started), dialect: dialect,
            client: json["client"]?.string.map { Endpoint($0) } ?? .unknown,
            server: json["server"]?.string.map { Endpoint($0) } ?? .unknown,
            listener: json["listener"]?.string.map { Endpoint($0) },
            route: json["route"]?.string.flatMap(Route.init(rawValue:)) ?? .capture,
            remarks: json["remarks"]?.array?.compactMap(\.string) ?? [])
    }
}
