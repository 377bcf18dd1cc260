import ArgumentParser

@main
struct Mailtee: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailtee",
        abstract: "tee for mail: passes every byte on, records both directions, explains what was said.",
        discussion: """
            Exit codes: 0 done; 1 something went wrong, standard error says what; 2 lint found what it was told to fail on; 64 the command line was not understood.
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, TapCommand.self, InetdCommand.self, ListCommand.self, ShowCommand.self,
            TailCommand.self, SearchCommand.self, ExportCommand.self, MessageCommand.self, DeleteCommand.self,
            IndexCommand.self, LintCommand.self, ExplainCommand.self, DiffCommand.self, ImportCommand.self,
            CACommand.self,
        ],
        defaultSubcommand: ServeCommand.self)
}
