#include "tests/integration/verbs/VerbFixture.h"

#include <QFile>
#include <QFileInfo>

#include <unistd.h>

#include <filesystem>
#include <random>

using namespace Qt::StringLiterals;

namespace tests {

VerbFixture::~VerbFixture()
{
    std::error_code ignored;
    std::filesystem::remove_all(QFileInfo(path(u"tree"_s)).path().toStdString(), ignored);
    for (const SshServer *server : {m_server.get(), m_otherServer.get()}) {
        if (server != nullptr) {
            std::filesystem::remove_all(server->home().toStdString(), ignored);
        }
    }
}

base::Result<void> VerbFixture::setUp(SshServerOptions options)
{
    if (const auto made = m_fixture.setUp(); !made) {
        return made;
    }
    options.withAuthorizedKey(m_fixture.userKey().publicLine);
    m_server = std::make_unique<SshServer>(options);
    if (const auto started = m_server->start(); !started) {
        return started;
    }
    m_fixture.settingsFor(*m_server); // writes known_hosts
    return {};
}

base::Result<void> VerbFixture::addServer()
{
    m_otherServer = std::make_unique<SshServer>(
        SshServerOptions().withAuthorizedKey(m_fixture.userKey().publicLine));
    if (const auto started = m_otherServer->start(); !started) {
        return started;
    }
    QFile file(path(u"known_hosts"_s));
    if (file.open(QIODevice::Append)) {
        file.write(m_otherServer->knownHostsLine(KeyType::Ed25519));
    }
    return {};
}

QString VerbFixture::targetOf(const SshServer &server)
{
    return u"%1@%2:%3"_s.arg(server.userName(), server.address()).arg(server.port());
}

QStringList VerbFixture::commandLine(const QString &verb, const QStringList &arguments) const
{
    return QStringList{verb,
                       u"-i"_s,
                       m_fixture.userKey().privateFile,
                       u"--known-hosts"_s,
                       path(u"known_hosts"_s),
                       u"--no-agent"_s,
                       u"--no-default-keys"_s,
                       u"--config-dir"_s,
                       path(u"config"_s)}
    + arguments;
}

ToolResult VerbFixture::run(const QStringList &arguments, const QByteArray &input,
                            const QMap<QString, QString> &more) const
{
    return runTool({.program = u"setsid"_s,
                    .arguments = QStringList{u"--wait"_s, program()} + arguments,
                    .input = input,
                    .environment = environment(more)});
}

std::unique_ptr<QProcess> VerbFixture::start(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment({}));
    process->setChildProcessModifier([] { ::setsid(); });
    process->start(program(), arguments);
    return process;
}

QString VerbFixture::program()
{
    return QStringLiteral(PONTO_PROGRAM);
}

QByteArray VerbFixture::distinctBytes(qsizetype size)
{
    std::mt19937_64 generator(42);
    QByteArray bytes;
    bytes.reserve(size + 8);
    while (bytes.size() < size) {
        const quint64 number = generator();
        bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
    }
    bytes.truncate(size);
    return bytes;
}

QString VerbFixture::script(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    if (file.open(QIODevice::WriteOnly)) {
        file.write("#!/bin/sh\n" + text);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    return file.fileName();
}

QProcessEnvironment VerbFixture::environment(const QMap<QString, QString> &more) const
{
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    environment.insert(u"HOME"_s, path(u"nobody"_s));
    for (const auto &[name, value] : more.asKeyValueRange()) {
        environment.insert(name, value);
    }
    return environment;
}

} // namespace tests
