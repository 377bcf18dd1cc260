import Wire

/// The form in which facts of TLS stand in a record.
extension TLSFacts {
    public var json: JSON {
        .members([
            "leg": .string(leg.rawValue),
            "start": .string(start.rawValue),
            "version": version.map(JSON.string),
            "cipher": cipher.map(JSON.string),
            "serverName": serverName.map(JSON.string),
            "applicationProtocol": applicationProtocol.map(JSON.string),
            "chain": chain.isEmpty ? nil : .array(chain.map(\.json)),
            "clientChain": clientChain.isEmpty ? nil : .array(clientChain.map(\.json)),
            "verification": verification.map { .string($0.text) },
            "failure": failure.map(\.json),
            "fault": fault.map(JSON.string),
        ])
    }

    /// - Returns: nil unless `json` says at least which leg it is about and how TLS came there.
    public init?(json: JSON) {
        guard let leg = json["leg"]?.string.flatMap(Direction.init(rawValue:)),
            let start = json["start"]?.string.flatMap(Start.init(rawValue:))
        else { return nil }
        self.init(
            leg: leg, start: start, version: json["version"]?.string, cipher: json["cipher"]?.string,
            serverName: json["serverName"]?.string, applicationProtocol: json["applicationProtocol"]?.string,
            chain: json["chain"]?.array?.compactMap(CertificateFacts.init(json:)) ?? [],
            clientChain: json["clientChain"]?.array?.compactMap(CertificateFacts.init(json:)) ?? [],
            verification: json["verification"]?.string.map(Verification.init(text:)),
            failure: json["failure"].flatMap(Failure.init(json:)), fault: json["fault"]?.string)
    }
}

extension TLSFacts.Verification {
    /// `verified`, `not verified`, `not verified: …` or `failed: …`.
    public var text: String {
        switch self {
        case .verified: "verified"
        case .skipped(nil): Self.skippedMark
        case .skipped(let found?): "\(Self.skippedMark): \(found)"
        case .failed(let why): "failed: \(why)"
        }
    }

    /// The inverse of `text`; what is none of its forms is a failure in these words.
    public init(text: String) {
        if text == "verified" {
            self = .verified
        } else if text == Self.skippedMark {
            self = .skipped(nil)
        } else if text.hasPrefix(Self.skippedMark + ": ") {
            self = .skipped(String(text.dropFirst(Self.skippedMark.count + 2)))
        } else {
            self = .failed(text.hasPrefix("failed: ") ? String(text.dropFirst(8)) : text)
        }
    }

    private static let skippedMark = "not verified"
}

extension TLSFacts.Failure {
    var json: JSON {
        .members(["by": .string(by.rawValue), "alert": alert.map(JSON.string), "means": .string(means)])
    }

    init?(json: JSON) {
        guard let by = json["by"]?.string.flatMap(By.init(rawValue:)), let means = json["means"]?.string else {
            return nil
        }
        self.init(by: by, alert: json["alert"]?.string, means: means)
    }
}

extension CertificateFacts {
    public var json: JSON {
        .members([
            "subject": .string(subject),
            "issuer": .string(issuer),
            "names": .array(names.map(JSON.string)),
            "notBefore": .integer(notBefore),
            "notAfter": .integer(notAfter),
            "fingerprint": .string(fingerprint),
        ])
    }

    init?(json: JSON) {
        guard let fingerprint = json["fingerprint"]?.string else { return nil }
        self.init(
            subject: json["subject"]?.string ?? "", issuer: json["issuer"]?.string ?? "",
            names: json["names"]?.array?.compactMap(\.string) ?? [], notBefore: json["notBefore"]?.integer ?? 0,
            notAfter: json["notAfter"]?.integer ?? 0, fingerprint: fingerprint)
    }
}
