// LocalShell: a real shell of this computer on a terminal of its own (script(1)), as a ByteStream.

#pragma once

#include "terminal/ByteStream.h"

#include <QProcess>
#include <QTemporaryDir>

class LocalShell final : public terminal::ByteStream
{
    Q_OBJECT

public:
    // With no start-up files: "bash --norc", say. Its home is empty.
    explicit LocalShell(const QString &commandLine);
    ~LocalShell() override;

    QString home() const { return m_home.path(); }

    qsizetype write(QByteArrayView data) override;
    void resize(int, int) override { }
    void consumed(qsizetype) override { }

private:
    QTemporaryDir m_home;
    QProcess m_process;
};
