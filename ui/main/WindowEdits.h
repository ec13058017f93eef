// WindowEdits: the desk of a window's editors, and the bar that offers what an earlier run has
// left.

#pragma once

#include "ui/edit/EditDesk.h"
#include "ui/main/Services.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>

namespace ui {

class NoticeBar;

class WindowEdits final : public QObject
{
    Q_OBJECT

public:
    WindowEdits(const Services &services, QWidget &window);

    EditDesk &desk() { return *m_desk; }
    NoticeBar *notice() const { return m_notice; } // to be laid out

private:
    void offer(const QStringList &names);

    std::unique_ptr<QTemporaryDir> m_directory; // where nothing is to be left
    std::unique_ptr<EditDesk> m_desk;
    NoticeBar *m_notice;
};

} // namespace ui
