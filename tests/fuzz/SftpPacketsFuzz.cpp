// What a server may send to the SFTP engine: any bytes, after a good VERSION if the first byte of
// the input is odd, while requests of every kind wait for their answers.

#include "sftp/Engine.h"
#include "sftp/FileOperations.h"

#include <QCoreApplication>

#include <cstddef>
#include <cstdint>

namespace {

using files::FilePath;

class Nowhere final : public sftp::ByteSink
{
public:
    void write(const QByteArray &) override { }
    qsizetype queuedBytes() const override { return 0; }
};

void askEverything(sftp::Engine &engine)
{
    const FilePath path("/a");
    const sftp::Handle handle{"h", path};
    const auto ignoring = [](const auto &) { };
    engine.open(path, sftp::OpenFlag::Read, {}, ignoring);
    engine.abandon(engine.openDirectory(path, ignoring));
    engine.read(handle, 0, 4096, ignoring);
    engine.write(handle, 0, "data", ignoring);
    engine.status(path, ignoring);
    engine.realPath(path, ignoring);
    engine.readLink(path, ignoring);
    sftp::listDirectory(engine, path, {.mostEntries = 1000}, [] { return false; }, ignoring);
    sftp::removeTree(engine, path, [] { return false; }, ignoring);
    sftp::statusOf(engine, path, ignoring);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static int argumentCount = 1;
    static char name[] = "SftpPacketsFuzz";
    static char *arguments[] = {name, nullptr};
    static const QCoreApplication application(argumentCount, arguments); // timers want one

    QByteArrayView input(data, static_cast<qsizetype>(size));
    Nowhere nowhere;
    sftp::Engine engine(nowhere);
    engine.start();
    if (!input.isEmpty() && (input.front() & 1) != 0) {
        input = input.sliced(1);
        engine.received(QByteArray::fromHex("00000005 02 00000003"));
        askEverything(engine);
    }
    engine.received(input);
    return 0;
}
