// LogWindow: what the program and its connections have told: one log at a time, by level, filtered,
// searched and saved. A window of its own.

#pragma once

#include "log/LogBook.h"

#include <QDateTime>
#include <QWidget>

#include <memory>

class QComboBox;
class QLineEdit;
class QTreeView;

namespace ui {

class ErrorBanner;
class LogFilter;
class LogModel;
class PlainLabel;

class LogWindow final : public QWidget
{
    Q_OBJECT

public:
    // Borrowed. Shows the program's log at first.
    explicit LogWindow(const logging::LogBook &book, QWidget *parent = nullptr);

    // Shows that log: what was told around that time, if there is one.
    void show(const std::shared_ptr<logging::SessionLog> &log, const QDateTime &when = {});
    using QWidget::show;

    // What the dialog of "Save…" leads to: what is shown.
    void saveTo(const QString &path);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *createTop();
    QWidget *createSearch();
    QWidget *createTable();
    void fillLogs();
    void chooseLog();
    void chooseLevel();
    void find(int step);
    void follow();
    void copy() const;
    void chooseFile();
    void updateState();
    QString shownText(const QList<int> &rows) const;

    const logging::LogBook &m_book;
    QList<std::shared_ptr<logging::SessionLog>> m_logs; // as in the choice
    LogModel *m_model;
    LogFilter *m_filter;
    QComboBox *m_choice = nullptr;
    QComboBox *m_level = nullptr;
    QLineEdit *m_text = nullptr;
    QLineEdit *m_search = nullptr;
    QTreeView *m_table = nullptr;
    PlainLabel *m_state = nullptr;
    ErrorBanner *m_banner = nullptr;
    bool m_follows = true; // the last line is in sight
};

} // namespace ui
