// BenchLink TARGET_PORT ROUND_TRIP_MS BYTES_PER_SECOND: a SlowLink as a program, for run.py. All
// its connections share one line, as they would share a way through the internet. Prints its port,
// and ends when its standard input does.

#include "tests/support/SlowLink.h"

#include <QCoreApplication>

#include <chrono>
#include <cstdio>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 4) {
        std::fputs("usage: BenchLink TARGET_PORT ROUND_TRIP_MS BYTES_PER_SECOND\n", stderr);
        return 2;
    }
    tests::SlowLink link(QStringLiteral("127.0.0.1"), words[1].toUShort());
    if (const auto started = link.start(); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().detail));
        return 1;
    }
    for (const auto direction :
         {tests::SlowLink::Direction::ToServer, tests::SlowLink::Direction::ToClient}) {
        link.setDelay(direction, std::chrono::milliseconds(words[2].toInt() / 2));
        link.setRate(direction, words[3].toLongLong());
    }
    std::printf("%d\n", link.port());
    std::fflush(stdout);
    while (std::getchar() != EOF) { }
    return 0;
}
