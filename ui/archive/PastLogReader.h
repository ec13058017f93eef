// PastLogReader: a window that shows a log of lines, at one of them, which is marked. A recording
// has a player instead.

#pragma once

#include "archive/LogExcerpt.h"
#include "archive/PastLog.h"

#include <QWidget>

class QPlainTextEdit;

namespace ui {

class ErrorBanner;
class PlainLabel;

class PastLogReader final : public QWidget
{
    Q_OBJECT

public:
    // Line 0: the end of the log. Reads it on another thread.
    PastLogReader(const archive::PastLog &log, qint64 line, QWidget *parent = nullptr);

private:
    void showExcerpt(const base::Result<archive::LogExcerpt> &read, qint64 line);
    void markLine(int block);

    ErrorBanner *m_banner;
    QPlainTextEdit *m_text;
    PlainLabel *m_state;
};

} // namespace ui
