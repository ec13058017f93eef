// What a server may do to the state of the SFTP engine: the input is a script of answers, to the
// requests that are open and in forms that a server may think of, among new requests, abandoned
// ones and raw bytes. SftpPacketsFuzz has the bytes; here they come with the ids that are waited
// for, so that listings, removals and changes go on for long. Whoever asked must be answered once,
// unless he gave up.

#include "base/WireReader.h"
#include "base/WireWriter.h"
#include "sftp/Engine.h"
#include "sftp/FileOperations.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace {

using base::WireReader;
using base::WireWriter;
using files::FilePath;
using sftp::PacketType;

// Takes the ids of the engine's requests out of its stream.
class Listener final : public sftp::ByteSink
{
public:
    void write(const QByteArray &data) override
    {
        m_stream += data;
        WireReader reader(m_stream);
        while (const auto packet = reader.string()) {
            WireReader fields(*packet);
            const auto type = fields.byte();
            const auto id = fields.uint32();
            if (type && id && *type != static_cast<quint8>(PacketType::Init)) {
                ids.push_back(*id);
            }
        }
        m_stream = reader.rest().toByteArray();
    }
    qsizetype queuedBytes() const override { return 0; }

    std::vector<quint32> ids; // asked so far, the answered ones included

private:
    QByteArray m_stream;
};

class Script
{
public:
    Script(sftp::Engine &engine, Listener &listener, QByteArrayView input)
        : m_engine(engine)
        , m_listener(listener)
        , m_input(input)
    {
    }

    void run()
    {
        while (!m_input.isEmpty()) {
            step(byte());
        }
    }

    int open = 0; // asked and not answered

private:
    quint8 byte()
    {
        const quint8 value = m_input.isEmpty() ? 0 : static_cast<quint8>(m_input.front());
        m_input = m_input.sliced(std::min(m_input.size(), qsizetype{1}));
        return value;
    }

    QByteArray bytes()
    {
        const qsizetype size = std::min(m_input.size(), qsizetype{byte()});
        const QByteArray taken = m_input.first(std::min(size, m_input.size())).toByteArray();
        m_input = m_input.sliced(taken.size());
        return taken;
    }

    quint32 id()
    {
        return m_listener.ids.empty() ? 1 : m_listener.ids[byte() % m_listener.ids.size()];
    }

    // Mostly the oldest that may be open: a server answers in order.
    quint32 nextId()
    {
        return m_answered < m_listener.ids.size() ? m_listener.ids[m_answered++] : id();
    }

    auto answered()
    {
        ++open;
        return [this](const auto &) { --open; };
    }

    void step(quint8 operation)
    {
        switch (operation % 16) {
        case 0:
            ask(byte());
            break;
        case 1:
            m_isAbandoned = byte() % 2 == 1;
            break;
        case 2:
            abandonOne();
            break;
        case 3:
            m_engine.received(bytes());
            break;
        case 4:
            QCoreApplication::sendPostedEvents(); // refusals
            break;
        case 5:
            answer(id(), byte());
            break;
        default:
            answer(nextId(), operation / 16);
            break;
        }
    }

    void abandonOne()
    {
        const sftp::Engine::RequestId request
            = m_engine.status(FilePath("/a"), [](const auto &) { std::abort(); });
        m_engine.abandon(request);
    }

    void ask(quint8 what)
    {
        const FilePath path("/a");
        const auto isAbandoned = [this] { return m_isAbandoned; };
        switch (what % 8) {
        case 0:
            return sftp::listDirectory(m_engine, path, {.mostEntries = 1000}, isAbandoned,
                                       answered());
        case 1:
            return sftp::removeTree(m_engine, path, isAbandoned, answered());
        case 2:
            return sftp::changeTree(
                m_engine, path,
                {.directories = {.set = 0700, .clear = 0}, .others = {.set = 0, .clear = 0111}},
                isAbandoned, [](int) { }, answered());
        case 3:
            return sftp::statusOf(m_engine, path, answered());
        case 4:
            m_engine.read({"h", path}, 0, 100, answered());
            return;
        case 5:
            m_engine.hash(path, {.offset = 0, .length = 1}, answered());
            return;
        case 6:
            m_engine.fileSystemStatus(path, answered());
            return;
        default:
            return sftp::renameWithoutReplacing(m_engine, path, FilePath("/b"), answered());
        }
    }

    void writeAttributes(WireWriter &writer)
    {
        writer.uint32(4).uint32(byte() % 2 == 1 ? 0040755U : 0100000U | byte());
    }

    void answer(quint32 to, quint8 form)
    {
        WireWriter writer;
        const auto start = [&](PacketType type) -> WireWriter & {
            return writer.byte(static_cast<quint8>(type)).uint32(to);
        };
        switch (form % 8) {
        case 0:
            start(PacketType::Status).uint32(byte() % 10).string("words").string("en");
            break;
        case 1:
            start(PacketType::Handle).string(bytes());
            break;
        case 2:
            start(PacketType::Data).string(bytes());
            break;
        case 3:
            writeAttributes(start(PacketType::Attrs));
            break;
        case 4:
            start(PacketType::ExtendedReply).bytes(bytes());
            break;
        case 5:
            start(static_cast<PacketType>(byte())).bytes(bytes());
            break;
        default:
            writeNames(start(PacketType::Name));
            break;
        }
        m_engine.received(WireWriter().string(writer.take()).take());
    }

    void writeNames(WireWriter &writer)
    {
        const quint32 count = byte() % 4;
        writer.uint32(count);
        for (quint32 i = 0; i < count; ++i) {
            writer.string(bytes()).string("-rw-r--r-- 1 a b 1 Jan 1 00:00 x");
            writeAttributes(writer);
        }
    }

    sftp::Engine &m_engine;
    Listener &m_listener;
    QByteArrayView m_input;
    std::size_t m_answered = 0;
    bool m_isAbandoned = false;
};

QByteArray goodVersion()
{
    WireWriter writer;
    writer.byte(static_cast<quint8>(PacketType::Version)).uint32(sftp::protocolVersion);
    writer.string("check-file").string("1").string("statvfs@openssh.com").string("2");
    return WireWriter().string(writer.take()).take();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static int argumentCount = 1;
    static char name[] = "EngineStateFuzz";
    static char *arguments[] = {name, nullptr};
    static const QCoreApplication application(argumentCount, arguments); // timers want one

    Listener listener;
    auto engine = std::make_unique<sftp::Engine>(listener);
    engine->start();
    engine->received(goodVersion());
    Script script(*engine, listener, QByteArrayView(data, static_cast<qsizetype>(size)));
    script.run();
    engine.reset();
    if (script.open != 0) {
        std::abort();
    }
    return 0;
}
