import ArgumentParser
@main struct Mailtee: AsyncParsableCommand {}
