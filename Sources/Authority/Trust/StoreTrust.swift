extension TrustInstructions {
    /// Programs of the desktop, which keep a store of their own or hang on the system's.
    static func stores(_ place: TrustPlace) -> [TrustUnit] {
        [
            TrustUnit(
                id: "thunderbird", name: "Thunderbird", kind: .program,
                trust: [
                    .say("Settings > Privacy & Security > Manage Certificates > Authorities > Import:"),
                    .say("choose \(place.path), and tick \"Trust this CA to identify websites\"."),
                    .say("A server of mail counts as one."),
                    .say("From a snap or a flatpak, copy the file to Downloads first: those see no hidden folders."),
                    .say("Or, with Thunderbird closed (certutil is of the package libnss3-tools):"),
                    .run("certutil -A -d sql:PROFILE -n mailtee -t C,, -i \(place.word)"),
                    .say("PROFILE is the folder that Help > Troubleshooting Information shows."),
                ],
                distrust: [
                    .say("The same page: choose \(place.name), Delete or Distrust."),
                    .run("certutil -D -d sql:PROFILE -n mailtee"),
                ]),
            TrustUnit(
                id: "firefox", name: "Firefox", kind: .program,
                trust: [
                    .say("Settings > Privacy & Security > View Certificates > Authorities > Import:"),
                    .say("choose \(place.path), and tick \"Trust this CA to identify websites\"."),
                    .say("From a snap or a flatpak, copy the file to Downloads first: those see no hidden folders."),
                    .say("Or, with Firefox closed (certutil is of the package libnss3-tools):"),
                    .run("certutil -A -d sql:PROFILE -n mailtee -t C,, -i \(place.word)"),
                    .say("PROFILE is the folder that about:profiles shows."),
                ],
                distrust: [
                    .say("The same page: choose \(place.name), Delete or Distrust."),
                    .run("certutil -D -d sql:PROFILE -n mailtee"),
                ]),
            TrustUnit(
                id: "outlook", name: "Outlook", kind: .program,
                trust: [
                    .say("The classic Outlook asks the system: do as for windows or macos, and start Outlook anew."),
                    .say("The new Outlook and those for telephones have Microsoft's servers fetch and send the mail;"),
                    .say("these reach no server on your machine and trust no authority of yours."),
                ],
                distrust: [.say("As for windows or macos.")]),
        ]
    }
}
