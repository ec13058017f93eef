#include "tests/support/ScriptedSftpServer.h"

#include "base/WireReader.h"
#include "base/WireWriter.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::WireReader;
using base::WireWriter;
using tests::ScriptedSftpServer;
using tests::SftpNode;
using tests::SftpRequestType;

// Without faults: what the real sftp(1), talking to the server through a socket pair, makes of it.
// With faults: the bytes that come out, as draft-ietf-secsh-filexfer-02 lays them out.
class ScriptedSftpServerTest : public QObject
{
    Q_OBJECT

private slots:
    void realSftpUploadsAndDownloads();
    void realSftpListsAndChanges();
    void bytesMayComeOneByOne();
    void versionIsAsTold();
    void statusIsAsTold();
    void statusMayBeSilent();
    void readsMayBeShort();
    void readsMayBeEmpty();
    void diskIsFullAtOffset();
    void closeMayFail();
    void listingHasHostileNames();
    void listingMayBeEmptyForEver();
    void listingMayNeverEnd();
    void attributesMayBeMissing();
    void idsMayBeWrong();
    void answersMayComeTwice();
    void lengthsMayLie();
    void packetsMayBeCut();
    void answersWaitForRelease();
    void missingFieldIsABadMessage();

private:
    struct Answer
    {
        quint8 type = 0;
        quint32 id = 0;
        QByteArray rest;
    };

    static QByteArray request(SftpRequestType type, quint32 id, const QByteArray &fields);
    static QByteArray path(const QByteArray &name) { return WireWriter().string(name).take(); }
    static QByteArray number(quint32 value) { return WireWriter().uint32(value).take(); }
    static QList<Answer> split(const QByteArray &output);
    static Answer ask(ScriptedSftpServer &server, SftpRequestType type, const QByteArray &fields);
    static QByteArray openFile(ScriptedSftpServer &server, const QByteArray &name, quint32 flags);
    QByteArray runRealSftp(ScriptedSftpServer &server, const QByteArray &batch);
};

QByteArray ScriptedSftpServerTest::request(SftpRequestType type, quint32 id,
                                           const QByteArray &fields)
{
    const QByteArray payload
        = WireWriter().byte(static_cast<quint8>(type)).uint32(id).bytes(fields).take();
    return WireWriter().string(payload).take();
}

QList<ScriptedSftpServerTest::Answer> ScriptedSftpServerTest::split(const QByteArray &output)
{
    QList<Answer> answers;
    WireReader stream(output);
    while (const auto packet = stream.string()) {
        WireReader reader(*packet);
        const quint8 type = reader.byte().value_or(0);
        const quint32 id = reader.uint32().value_or(0);
        answers += {.type = type, .id = id, .rest = reader.rest().toByteArray()};
    }
    return answers;
}

ScriptedSftpServerTest::Answer ScriptedSftpServerTest::ask(ScriptedSftpServer &server,
                                                           SftpRequestType type,
                                                           const QByteArray &fields)
{
    return split(server.handle(request(type, 7, fields))).value(0);
}

// The handle, as the field that further requests begin with.
QByteArray ScriptedSftpServerTest::openFile(ScriptedSftpServer &server, const QByteArray &name,
                                            quint32 flags)
{
    const Answer answer
        = ask(server, SftpRequestType::Open, path(name) + number(flags) + number(0));
    return answer.type == 102 ? answer.rest : QByteArray();
}

// sftp(1) speaks over its standard input and output if it is given the path of a server program:
// here a shell that joins them to the other end of the socket pair.
QByteArray ScriptedSftpServerTest::runRealSftp(ScriptedSftpServer &server, const QByteArray &batch)
{
    int ends[2] = {};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        return "no socket pair";
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC); // or the shell's cat would never see the end
    QTemporaryDir directory;
    QFile script(directory.filePath(u"server"_s));
    if (script.open(QIODevice::WriteOnly)) {
        script.write("#!/bin/sh\ncat <&" + QByteArray::number(ends[1]) + " & exec cat >&"
                     + QByteArray::number(ends[1]) + '\n');
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        script.close();
    }
    QProcess sftp;
    sftp.setProcessChannelMode(QProcess::MergedChannels);
    sftp.setWorkingDirectory(directory.path());
    sftp.start(u"sftp"_s, {u"-b"_s, u"-"_s, u"-D"_s, script.fileName()});
    sftp.write(batch);
    sftp.closeWriteChannel();
    const bool ended = QTest::qWaitFor(
        [&] {
            char bytes[65536];
            const ssize_t count = recv(ends[0], bytes, sizeof bytes, MSG_DONTWAIT);
            if (count > 0) {
                const QByteArray answer = server.handle(QByteArrayView(bytes, count));
                send(ends[0], answer.constData(), static_cast<size_t>(answer.size()), MSG_NOSIGNAL);
            }
            return sftp.state() == QProcess::NotRunning;
        },
        20000);
    close(ends[0]);
    close(ends[1]);
    return ended ? sftp.readAll() : QByteArray("sftp did not end");
}

void ScriptedSftpServerTest::realSftpUploadsAndDownloads()
{
    ScriptedSftpServer server;
    QTemporaryFile local;
    QVERIFY(local.open());
    const QByteArray content = QByteArray(100'000, 'p') + "end";
    local.write(content);
    local.flush();
    const QByteArray copy = local.fileName().toUtf8() + ".copy";

    const QByteArray output = runRealSftp(
        server, "put " + local.fileName().toUtf8() + " uploaded\nget uploaded " + copy + '\n');

    const SftpNode *node = server.tree.find("/home/tester/uploaded");
    QVERIFY2(node, output.constData());
    QVERIFY(node->data == content);
    QFile downloaded(QString::fromUtf8(copy));
    QVERIFY2(downloaded.open(QIODevice::ReadOnly), output.constData());
    QVERIFY(downloaded.readAll() == content);
    QVERIFY(downloaded.remove());
    QCOMPARE(server.openHandleCount(), 0);
}

void ScriptedSftpServerTest::realSftpListsAndChanges()
{
    ScriptedSftpServer server;
    server.tree.put("/home/tester/old", {.data = "12345"});

    const QByteArray output
        = runRealSftp(server,
                      "mkdir folder\nrename old folder/new\nsymlink folder/new link\n"
                      "chmod 600 folder/new\nls -ln folder\nls -1\nrm link\n");

    QVERIFY2(output.contains("-rw-------    ? 1000     1000            5"), output.constData());
    QVERIFY2(output.contains("\nfolder\n"), output.constData());
    QVERIFY2(output.contains("\nlink\n"), output.constData());
    QVERIFY(server.tree.find("/home/tester/folder/new"));
    QVERIFY(!server.tree.find("/home/tester/old"));
    QVERIFY(!server.tree.find("/home/tester/link"));
}

void ScriptedSftpServerTest::bytesMayComeOneByOne()
{
    ScriptedSftpServer server;
    QByteArray output;
    for (const char byte : request(SftpRequestType::Realpath, 5, path("."))) {
        output += server.handle(QByteArrayView(&byte, 1));
    }

    QCOMPARE(split(output).size(), 1);
    QCOMPARE(split(output).first().id, 5);
    QVERIFY(split(output).first().rest.contains("/home/tester"));
}

void ScriptedSftpServerTest::versionIsAsTold()
{
    ScriptedSftpServer server;
    server.faults.version = 6;

    const QByteArray output = server.handle(QByteArray::fromHex("000000050100000003"));

    QVERIFY(output.sliced(4).startsWith(QByteArray::fromHex("0200000006")));
}

void ScriptedSftpServerTest::statusIsAsTold()
{
    ScriptedSftpServer server;
    server.faults.statuses = {{SftpRequestType::Mkdir, 11}};
    server.faults.statusMessage = "exists";

    const Answer answer = ask(server, SftpRequestType::Mkdir, path("a") + number(0));

    QCOMPARE(answer.type, 101);
    QCOMPARE(answer.rest, WireWriter().uint32(11).string("exists").string("en").take());
    QVERIFY(!server.tree.find("/home/tester/a"));
}

void ScriptedSftpServerTest::statusMayBeSilent()
{
    ScriptedSftpServer server;
    server.faults.silentStatuses = true;

    QCOMPARE(ask(server, SftpRequestType::Remove, path("none")).rest, number(2));
}

void ScriptedSftpServerTest::readsMayBeShort()
{
    ScriptedSftpServer server;
    server.tree.put("/home/tester/file", {.data = "abcdef"});
    server.faults.maxReadBytes = 4;
    const QByteArray handle = openFile(server, "file", 1);

    const QByteArray fields = handle + WireWriter().uint64(1).uint32(100).take();

    QCOMPARE(ask(server, SftpRequestType::Read, fields).rest, path("bcde"));
}

void ScriptedSftpServerTest::readsMayBeEmpty()
{
    ScriptedSftpServer server;
    server.tree.put("/home/tester/file", {.data = "abcdef"});
    server.faults.emptyData = true;
    const QByteArray handle = openFile(server, "file", 1);

    const Answer answer
        = ask(server, SftpRequestType::Read, handle + WireWriter().uint64(0).uint32(100).take());

    QCOMPARE(answer.type, 103);
    QCOMPARE(answer.rest, number(0));
}

void ScriptedSftpServerTest::diskIsFullAtOffset()
{
    ScriptedSftpServer server;
    server.faults.diskFullAt = 5;
    server.faults.diskFullStatus = 14;
    const QByteArray handle = openFile(server, "file", 2 | 8);

    const auto write = [&](quint64 offset) {
        return ask(server, SftpRequestType::Write,
                   handle + WireWriter().uint64(offset).string("abc").take())
            .rest.first(4);
    };

    QCOMPARE(write(0), number(0));
    QCOMPARE(write(3), number(14));
    QCOMPARE(server.tree.find("/home/tester/file")->data, "abc");
}

void ScriptedSftpServerTest::closeMayFail()
{
    ScriptedSftpServer server;
    server.faults.statuses = {{SftpRequestType::Close, 4}};
    const QByteArray handle = openFile(server, "file", 2 | 8);

    QCOMPARE(ask(server, SftpRequestType::Close, handle).rest.first(4), number(4));
    QCOMPARE(server.openHandleCount(), 1);
}

void ScriptedSftpServerTest::listingHasHostileNames()
{
    ScriptedSftpServer server;
    const QByteArrayList names{"a/b", "", QByteArray("nul\0l", 5), "\x1b[2J", "\xff\xfe"};
    server.faults.extraNames = names;
    const QByteArray handle = ask(server, SftpRequestType::Opendir, path(".")).rest;

    const Answer answer = ask(server, SftpRequestType::Readdir, handle);

    QCOMPARE(answer.rest.first(4), number(7)); // and "." and ".."
    for (const QByteArray &name : names) {
        QVERIFY(answer.rest.contains(path(name)));
    }
    QCOMPARE(ask(server, SftpRequestType::Readdir, handle).rest.first(4), number(1));
}

void ScriptedSftpServerTest::listingMayBeEmptyForEver()
{
    ScriptedSftpServer server;
    server.faults.emptyNames = true;
    const QByteArray handle = ask(server, SftpRequestType::Opendir, path(".")).rest;

    for (int round = 0; round < 3; ++round) {
        const Answer answer = ask(server, SftpRequestType::Readdir, handle);
        QCOMPARE(answer.type, 104);
        QCOMPARE(answer.rest, number(0));
    }
}

void ScriptedSftpServerTest::listingMayNeverEnd()
{
    ScriptedSftpServer server;
    server.faults.endlessListing = true;
    const QByteArray handle = ask(server, SftpRequestType::Opendir, path(".")).rest;

    QByteArray last;
    for (int round = 0; round < 5; ++round) {
        const Answer answer = ask(server, SftpRequestType::Readdir, handle);
        QCOMPARE(answer.type, 104);
        QVERIFY(answer.rest != last); // a new name each time
        last = answer.rest;
    }
}

void ScriptedSftpServerTest::attributesMayBeMissing()
{
    ScriptedSftpServer server;
    server.faults.withoutAttributes = true;

    const Answer answer = ask(server, SftpRequestType::Stat, path("."));

    QCOMPARE(answer.type, 105);
    QCOMPARE(answer.rest, number(0));
}

void ScriptedSftpServerTest::idsMayBeWrong()
{
    ScriptedSftpServer server;
    server.faults.wrongIds = true;

    QVERIFY(ask(server, SftpRequestType::Stat, path(".")).id != 7);
}

void ScriptedSftpServerTest::answersMayComeTwice()
{
    ScriptedSftpServer server;
    server.faults.duplicateAnswers = true;

    const auto answers = split(server.handle(request(SftpRequestType::Stat, 7, path("."))));

    QCOMPARE(answers.size(), 2);
    QCOMPARE(answers.at(0).rest, answers.at(1).rest);
}

void ScriptedSftpServerTest::lengthsMayLie()
{
    ScriptedSftpServer server;
    server.faults.hugeLengths = true;

    QVERIFY(server.handle(request(SftpRequestType::Stat, 7, path(".")))
                .startsWith(QByteArray::fromHex("ffffffff")));
}

void ScriptedSftpServerTest::packetsMayBeCut()
{
    ScriptedSftpServer server;
    const QByteArray whole = server.handle(request(SftpRequestType::Stat, 7, path(".")));
    server.faults.truncatedPackets = true;

    const QByteArray cut = server.handle(request(SftpRequestType::Stat, 7, path(".")));

    QCOMPARE(cut.size(), whole.size() - 1);
    QCOMPARE(cut.first(4), number(static_cast<quint32>(cut.size() - 4)));
}

void ScriptedSftpServerTest::answersWaitForRelease()
{
    ScriptedSftpServer server;
    server.faults.holdAnswers = true;

    QVERIFY(server.handle(request(SftpRequestType::Stat, 1, path("."))).isEmpty());
    QVERIFY(server.handle(request(SftpRequestType::Stat, 2, path("."))).isEmpty());
    QCOMPARE(server.heldAnswerCount(), 2);

    const auto answers = split(server.release(ScriptedSftpServer::Order::Reversed));
    QCOMPARE(answers.size(), 2);
    QCOMPARE(answers.at(0).id, 2);
    QCOMPARE(answers.at(1).id, 1);
    QVERIFY(server.release().isEmpty());
    QCOMPARE(server.count(SftpRequestType::Stat), 2);
}

void ScriptedSftpServerTest::missingFieldIsABadMessage()
{
    ScriptedSftpServer server;

    QCOMPARE(ask(server, SftpRequestType::Mkdir, path("a")).rest.first(4), number(5));
}

QTEST_GUILESS_MAIN(ScriptedSftpServerTest)

#include "ScriptedSftpServerTest.moc"
