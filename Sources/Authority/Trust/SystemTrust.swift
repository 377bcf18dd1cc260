extension TrustInstructions {
    /// Systems, by the commands of their own.
    static func systems(_ place: TrustPlace) -> [TrustUnit] {
        let copied = "/usr/local/share/ca-certificates/mailtee.crt"
        let keychain = "~/Library/Keychains/login.keychain-db"
        let credentials = "Settings > Security > Encryption & credentials"
        let anchor = "/etc/pki/ca-trust/source/anchors/mailtee.pem"
        return [
            TrustUnit(
                id: "debian", name: "Debian, Ubuntu", kind: .system,
                trust: [
                    .run("sudo install -m 644 \(place.word) \(copied)"),
                    .run("sudo update-ca-certificates"),
                ],
                distrust: [
                    .run("sudo rm \(copied)"),
                    .run("sudo update-ca-certificates --fresh"),
                ]),
            TrustUnit(
                id: "fedora", name: "Fedora, RHEL, Rocky, Alma", kind: .system,
                trust: [
                    .run("sudo install -m 644 \(place.word) \(anchor)"),
                    .run("sudo update-ca-trust"),
                ],
                distrust: [
                    .run("sudo rm \(anchor)"),
                    .run("sudo update-ca-trust"),
                ]),
            TrustUnit(
                id: "alpine", name: "Alpine, as root", kind: .system,
                trust: [
                    .run("apk add ca-certificates"),
                    .run("install -D -m 644 \(place.word) \(copied)"),
                    .run("update-ca-certificates"),
                ],
                distrust: [
                    .run("rm \(copied)"),
                    .run("update-ca-certificates"),
                ]),
            TrustUnit(
                id: "arch", name: "Arch Linux", kind: .system,
                trust: [.run("sudo trust anchor --store \(place.word)")],
                distrust: [.run("sudo trust anchor --remove \(place.word)")]),
            TrustUnit(
                id: "macos", name: "macOS: Mail, Safari and all that use the keychain", kind: .system,
                trust: [
                    .say(elsewhere(place)),
                    .run("security add-trusted-cert -r trustRoot -k \(keychain) mailtee-ca.pem"),
                ],
                distrust: [
                    .run("security remove-trusted-cert mailtee-ca.pem"),
                    .run("security delete-certificate -c \(place.nameWord)"),
                ]),
            TrustUnit(
                id: "windows", name: "Windows, for its present user", kind: .system,
                trust: [
                    .say(elsewhere(place)),
                    .run("certutil -user -addstore Root mailtee-ca.pem"),
                    .say(
                        "A program that asks whether a certificate was revoked gets no answer; curl: --ssl-no-revoke."),
                ],
                distrust: [.run("certutil -user -delstore Root \(place.windowsName)")]),
            TrustUnit(
                id: "android", name: "Android", kind: .system,
                trust: [
                    .say("Copy \(place.path) to the telephone as mailtee-ca.crt (the certificate; never the key)."),
                    .say("\(credentials) > Install a certificate > CA certificate."),
                    .say("Since Android 7 an app trusts it only where its maker allows that."),
                ],
                distrust: [
                    .say("\(credentials) > Trusted credentials > User: remove \(place.name).")
                ]),
            TrustUnit(
                id: "ios", name: "iOS, iPadOS", kind: .system,
                trust: [
                    .say("Send \(place.path) to the device as mailtee-ca.crt (never the key), and open it there."),
                    .say("Settings > General > VPN & Device Management: install the profile."),
                    .say("Settings > General > About > Certificate Trust Settings: switch it on."),
                ],
                distrust: [.say("Settings > General > VPN & Device Management: remove the profile.")]),
        ]
    }

    static func elsewhere(_ place: TrustPlace) -> String {
        "Copy \(place.path) to that machine as mailtee-ca.pem (never the key), and in its folder:"
    }
}
