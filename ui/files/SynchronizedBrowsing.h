// SynchronizedBrowsing: leads one pane of a view the same way that the user goes in the other: into
// folders of the same name, and up. A way that cannot be gone is told in the pane that would have
// to go it; a jump elsewhere is not followed.

#pragma once

#include "files/FilePath.h"

#include <QObject>

namespace ui {

class FilePane;

class SynchronizedBrowsing final : public QObject
{
    Q_OBJECT

public:
    explicit SynchronizedBrowsing(QObject *parent = nullptr); // of no panes yet

    // Those of which it leads one when the user goes somewhere in the other. Both outlive this, or
    // others take their place before they end.
    void setPanes(FilePane &left, FilePane &right);

    // It shows another place now: the next step there is none of the user's.
    void forget(const FilePane &pane);

    void setOn(bool isOn);
    bool isOn() const { return m_isOn; }

    // Where `other` is, after the step that led from `from` to `to`. Empty if it is no step up or
    // down.
    static files::FilePath followed(const files::FilePath &from, const files::FilePath &to,
                                    const files::FilePath &other);

private:
    struct Side
    {
        FilePane *pane = nullptr;
        files::FilePath directory; // that it showed last
        files::FilePath expected; // it was led there: not a step of the user
    };

    void watch(Side &side, Side &other);
    void begin();

    Side m_left;
    Side m_right;
    bool m_isOn = false;
};

} // namespace ui
