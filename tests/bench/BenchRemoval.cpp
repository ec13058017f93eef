// BenchRemoval PORT USER KEY KNOWN_HOSTS PATH: deletes a tree of the server as a file pane does,
// for run.py.

#include "sftp/Client.h"
#include "ssh/Connection.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 6) {
        std::fputs("usage: BenchRemoval PORT USER KEY KNOWN_HOSTS PATH\n", stderr);
        return 2;
    }
    ssh::ConnectionSettings settings;
    settings.host = QStringLiteral("127.0.0.1");
    settings.port = words[1].toUShort();
    settings.user = words[2];
    settings.identityFiles = {words[3]};
    settings.useAgent = false;
    settings.useDefaultKeys = false;
    settings.knownHostsFiles = {words[4]};
    ssh::Connection connection(settings);
    sftp::Client client(connection);
    connection.open();
    client.removeTree(files::FilePath(words[5].toUtf8()))
        .then(&application, [](const base::Result<void> &removed) {
            if (!removed) {
                std::fprintf(stderr, "%s: %s\n", qPrintable(removed.error().operation),
                             qPrintable(removed.error().detail));
            }
            QCoreApplication::exit(removed ? 0 : 1);
        });
    return QCoreApplication::exec();
}
