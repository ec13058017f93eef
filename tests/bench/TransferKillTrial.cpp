// Kills a program that copies 5,000 files at twenty random moments, and in turn the server with it,
// looks each time for half files under real names, and compares the tree at the end with that of a
// copy that nobody disturbed. Exit status 0 if they are equal. Takes some minutes; the number that
// is printed repeats a run: TransferKillTrial [SEED]

#include "tests/integration/transfers/KillTrial.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTextStream>

using namespace Qt::StringLiterals;
using tests::KillTrial;

namespace {

constexpr int fileCount = 5000;
constexpr int kills = 20;

QString differenceAfterKills(KillTrial::Direction direction, bool killsServer, quint32 seed)
{
    KillTrial calm(direction, u"overwrite"_s);
    KillTrial disturbed(direction, u"overwrite"_s);
    for (KillTrial *trial : {&calm, &disturbed}) {
        if (const auto started = trial->start(); !started) {
            return started.error().detail + u" (no server)"_s;
        }
        trial->makeTree(fileCount, seed);
    }
    disturbed.lookForHalfFiles();
    if (!calm.run(0, seed)) {
        return calm.why();
    }
    return disturbed.run(kills, seed, killsServer)
        ? tests::treeDifference(calm.target(), disturbed.target())
        : disturbed.why();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    const quint32 seed = argc > 1 ? QCoreApplication::arguments().at(1).toUInt()
                                  : QRandomGenerator::global()->generate();
    out << "seed " << seed << Qt::endl;
    bool isEqual = true;
    using Direction = KillTrial::Direction;
    for (const auto &[direction, name] :
         {std::pair(Direction::Upload, "upload"), std::pair(Direction::Download, "download"),
          std::pair(Direction::Relay, "from one server to another")}) {
        for (const bool killsServer : {false, true}) {
            const QString difference = differenceAfterKills(direction, killsServer, seed);
            isEqual = isEqual && difference.isEmpty();
            out << name << (killsServer ? ", the server killed too: " : ": ")
                << (difference.isEmpty() ? u"equal"_s : difference) << Qt::endl;
        }
    }
    return isEqual ? 0 : 1;
}
