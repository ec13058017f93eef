// PaneSheets: the questions of a file pane: one at a time, above its list. A question stays until
// it is answered, or what it asks about is not there any more.

#pragma once

#include "files/FilePath.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>

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

    // What a question is about.
    struct Subject
    {
        files::FilePath directory; // that is shown; empty: it does not matter which is
        QList<files::FilePath> files; // none: whatever is there
    };

    // A question that is open already has to be answered first.
    void open(std::unique_ptr<Sheet> question, const Subject &subject);

    // Asks first if there is a caution.
    void withCare(const QString &caution, const QString &question, const QString &confirm,
                  const Subject &subject, std::function<void()> act);

    bool isAsking() const { return shown() != nullptr; }

    // The directory is shown, and `names` is all that is in it, once that is known. A question
    // about another one could only mislead, and so could one about files that are gone.
    void follow(const files::FilePath &directory, const std::optional<QSet<QByteArray>> &names);
    void close();

private:
    Sheet *shown() const;

    QVBoxLayout &m_layout;
    QWidget &m_list;
    Subject m_subject; // of the question that is shown
};

} // namespace ui
