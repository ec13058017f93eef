// PaneSheets: the questions of a file pane: one at a time, above its list.

#pragma once

#include <QObject>

#include <functional>
#include <memory>

class QVBoxLayout;
class QWidget;

namespace ui {

class Sheet;

class PaneSheets final : public QObject
{
    Q_OBJECT

public:
    // `layout` is where they go; `list` gets the focus afterwards.
    PaneSheets(QVBoxLayout &layout, QWidget &list);

    // A question that is open already has to be answered first.
    void open(std::unique_ptr<Sheet> question);

    // Asks first if there is a caution.
    void withCare(const QString &caution, const QString &question, const QString &confirm,
                  std::function<void()> act);

    // A question about a directory that is not shown any more could only mislead.
    void closeAll();

private:
    QVBoxLayout &m_layout;
    QWidget &m_list;
};

} // namespace ui
