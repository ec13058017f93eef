// KeeperPanel: how a directory of a server is kept up to date: what is going on, and what was done.

#pragma once

#include "synchronize/TreeKeeper.h"
#include "ui/widgets/Panel.h"

class QPlainTextEdit;

namespace ui {

class PlainLabel;

class KeeperPanel final : public Panel
{
    Q_OBJECT

public:
    // `hostLabel` is safe to show.
    explicit KeeperPanel(QString hostLabel, QWidget *parent = nullptr);

    // Borrowed; it is followed until it is deleted.
    void follow(synchronize::TreeKeeper &keeper);

private:
    void showState(const synchronize::TreeKeeper &keeper);
    void addLine(const QString &text);

    const QString m_hostLabel;
    PlainLabel *m_state;
    QPlainTextEdit *m_log;
};

} // namespace ui
