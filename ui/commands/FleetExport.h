// FleetExport: writes what has come of a run into a file, a piece in each turn of the event loop,
// so that gigabytes do not freeze the window. One that ends early leaves the file as it was.

#pragma once

#include "commands/FleetRun.h"
#include "commands/OutcomeForm.h"

#include <QObject>
#include <QSaveFile>

#include <functional>
#include <optional>

namespace ui {

class FleetExport final : public QObject
{
    Q_OBJECT

public:
    // Why a host has no exit status; empty if it has.
    using SentenceOf = std::function<QString(commands::CommandBatch::Index)>;

    // The run is borrowed, and does not change meanwhile.
    FleetExport(const commands::FleetRun &run, commands::OutcomeFormat format,
                SentenceOf sentenceOf, const QString &path, QObject *parent = nullptr);

    void start();

signals:
    void finished(const base::Result<void> &result); // once, the last signal

private:
    void writeNext();
    bool writePiece();
    void fail(const base::Error &error);

    const commands::FleetRun &m_run;
    commands::OutcomeFormat m_format;
    SentenceOf m_sentenceOf;
    QSaveFile m_file;
    commands::CommandBatch::Index m_host = 0;
    std::optional<commands::OutcomeForm> m_form; // of that host
    bool m_isInErrors = false; // of Text: their heading was written
};

} // namespace ui
